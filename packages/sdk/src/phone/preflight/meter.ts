/** How loud a stream is. */
export interface Meter {
  /** Loudest sample since the last time, 0 to 1. */
  read(): number;
  stop(): void;
}

export function createMeter(stream: MediaStream): Meter {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 4096;
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  return {
    read() {
      analyser.getFloatTimeDomainData(samples);
      return samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0);
    },
    stop: () => void context.close().catch(() => {}),
  };
}
