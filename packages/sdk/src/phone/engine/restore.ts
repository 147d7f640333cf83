/**
 * Puts a peer connection back as it was before an offer of ours that was not accepted.
 *
 * `rollback` is the obvious way, but in Chromium it silently takes the audio away from a connection that was opened by
 * the far side's offer: the transceiver forgets its channel, and nothing is sent or heard any more. So the open offer
 * is finished with an answer of our own making, from what the far side said last; nobody else notices. Only an offer
 * with new ICE credentials has to be rolled back, because the far side still uses the old ones.
 */
export async function restoreMedia(
  connection: RTCPeerConnection,
  before: readonly (readonly [RTCRtpTransceiver, RTCRtpTransceiverDirection])[],
  iceRestart: boolean,
): Promise<void> {
  if (connection.signalingState === 'closed') return;
  const remote = connection.currentRemoteDescription;
  const local = connection.currentLocalDescription;
  const restoreDirections = (): void => {
    for (const [transceiver, direction] of before) transceiver.direction = direction;
  };
  if (connection.signalingState !== 'have-local-offer' || !remote || !local) return restoreDirections();
  const changed = before.some(([transceiver, direction]) => transceiver.direction !== direction);
  if (iceRestart) {
    await connection.setLocalDescription({ type: 'rollback' });
    return restoreDirections();
  }
  // Two rounds: a second offer in place of the open one would be an implicit rollback.
  await answerOurselves(connection, remote.sdp, local.sdp);
  restoreDirections();
  if (!changed) return;
  await connection.setLocalDescription(await connection.createOffer());
  await answerOurselves(connection, remote.sdp, local.sdp);
}

/**
 * Makes rollback safe, by one round of offer and answer that stays within this browser: a connection that made the last
 * offer itself does not lose its channel.
 */
export async function prepareRollback(connection: RTCPeerConnection): Promise<void> {
  const remote = connection.currentRemoteDescription;
  const local = connection.currentLocalDescription;
  if (connection.signalingState !== 'stable' || !remote || local?.type !== 'answer') return;
  await connection.setLocalDescription(await connection.createOffer());
  await answerOurselves(connection, remote.sdp, local.sdp);
}

function answerOurselves(connection: RTCPeerConnection, remote: string, local: string): Promise<void> {
  const offered = connection.pendingLocalDescription?.sdp ?? '';
  return connection.setRemoteDescription({ type: 'answer', sdp: answerTo(offered, remote, local) });
}

type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

/** The far side's last description, made a lawful answer to this offer. */
function answerTo(offer: string, remote: string, local: string): string {
  const theirs = directionOf(remote);
  const ours = directionOf(offer);
  const sends = (theirs === 'sendrecv' || theirs === 'sendonly') && (ours === 'sendrecv' || ours === 'recvonly');
  const receives = (theirs === 'sendrecv' || theirs === 'recvonly') && (ours === 'sendrecv' || ours === 'sendonly');
  const direction: Direction = sends ? (receives ? 'sendrecv' : 'sendonly') : receives ? 'recvonly' : 'inactive';
  // An offer leaves the DTLS role open, an answer may not; the role stays what it became.
  const role = /^a=setup:active\s*$/m.test(local) ? 'passive' : 'active';
  const directed = DIRECTION.test(remote) ? remote.replace(DIRECTION, `a=${direction}`) : `${remote}a=${direction}\r\n`;
  return directed.replace(/^a=setup:actpass/m, `a=setup:${role}`);
}

const DIRECTION = /^a=(?:sendrecv|sendonly|recvonly|inactive)/m;

function directionOf(sdp: string): Direction {
  return (DIRECTION.exec(sdp)?.[0].slice(2) ?? 'sendrecv') as Direction;
}
