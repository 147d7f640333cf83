const RATE = 8000;

/** A slow, soft progression of broken chords that loops without a seam: somebody may hear it for minutes. */
export function holdMusic(): Int16Array {
  const noteSeconds = 0.5;
  // Am7 · Fmaj7 · C · G, as notes of a broken chord; frequencies sit where a telephone still sounds full.
  const chords = [
    [440, 523.25, 659.26, 784, 659.26, 523.25],
    [349.23, 440, 523.25, 659.26, 523.25, 440],
    [392, 523.25, 659.26, 784, 659.26, 523.25],
    [392, 493.88, 587.33, 784, 587.33, 493.88],
  ];
  const notes = chords.flat();
  const total = Math.round(notes.length * noteSeconds * RATE);
  const mix = new Float64Array(total);
  notes.forEach((hz, index) => {
    const start = Math.round(index * noteSeconds * RATE);
    const length = Math.round(2.2 * RATE);
    for (let i = 0; i < length; i++) {
      const t = i / RATE;
      const envelope = Math.min(1, t / 0.03) * Math.exp(-t * 2.2);
      const wave = Math.sin(2 * Math.PI * hz * t) + 0.25 * Math.sin(4 * Math.PI * hz * t) * Math.exp(-t * 4);
      // Notes ring on over the end into the beginning, which hides the loop.
      const at = (start + i) % total;
      mix[at] = (mix[at] as number) + wave * envelope;
    }
  });
  return scale(mix, 0.22);
}

/** The ringing a caller hears: 425 Hz, one second on, four off (ETSI TR 101 041). */
export function ringback(): Int16Array {
  const samples = new Float64Array(5 * RATE);
  for (let i = 0; i < RATE; i++) samples[i] = Math.sin((2 * Math.PI * 425 * i) / RATE) * fade(i, RATE);
  return scale(samples, 0.15);
}

export function beep(): Int16Array {
  const length = Math.round(0.2 * RATE);
  const samples = new Float64Array(length);
  for (let i = 0; i < length; i++) samples[i] = Math.sin((2 * Math.PI * 1000 * i) / RATE) * fade(i, length);
  return scale(samples, 0.25);
}

function fade(index: number, length: number): number {
  const edge = 0.01 * RATE;
  return Math.min(1, index / edge, (length - 1 - index) / edge);
}

function scale(samples: Float64Array, peak: number): Int16Array {
  let loudest = 0;
  for (const sample of samples) loudest = Math.max(loudest, Math.abs(sample));
  return Int16Array.from(samples, (sample) => Math.round((sample / loudest) * peak * 32_767));
}
