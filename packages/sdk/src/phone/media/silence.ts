/** A live track that carries no sound. */
export function createSilence(): MediaStream {
  const context = new AudioContext();
  const destination = context.createMediaStreamDestination();
  // With nothing connected Chromium makes no samples, and no packets go out.
  const nothing = context.createConstantSource();
  nothing.offset.value = 0;
  nothing.connect(destination);
  nothing.start();
  const { stream } = destination;
  for (const track of stream.getTracks()) {
    const stop = track.stop.bind(track);
    track.stop = () => {
      stop();
      void context.close().catch(() => {});
    };
  }
  return stream;
}
