/** A live track that carries no sound. */
export function createSilence(): MediaStream {
  const context = new AudioContext();
  const { stream } = context.createMediaStreamDestination();
  for (const track of stream.getTracks()) {
    const stop = track.stop.bind(track);
    track.stop = () => {
      stop();
      void context.close().catch(() => {});
    };
  }
  return stream;
}
