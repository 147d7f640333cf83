// The least that a browser phone is: JsSIP, registered, with its answer sent at the first usable candidate.
import JsSIP from 'jssip';

const { uri, server, username, password, realm } = await (await fetch('/bare-credentials')).json();
const socket = new JsSIP.WebSocketInterface(`ws://${location.host}${server}`);
const ua = new JsSIP.UA({
  sockets: [socket],
  uri,
  authorization_user: username,
  password,
  realm,
  session_timers: false,
});
const loudspeaker = new Audio();
loudspeaker.autoplay = true;
ua.on('registered', () => {
  document.body.dataset.ready = 'yes';
});
ua.on('newRTCSession', ({ session, originator }) => {
  if (originator !== 'remote') return;
  globalThis.rangAt = Date.now();
  session.on('icecandidate', ({ candidate, ready }) => {
    const [, , protocol = '', , address = ''] = candidate.candidate.split(' ');
    if (protocol.toLowerCase() === 'udp' && !address.endsWith('.local')) ready();
  });
  session.on('peerconnection', ({ peerconnection }) => {
    peerconnection.addEventListener('track', ({ track }) => {
      loudspeaker.srcObject = new MediaStream([track]);
    });
  });
  session.on('ended', () => delete globalThis.rangAt);
  globalThis.answerCall = () =>
    session.answer({ mediaConstraints: { audio: true, video: false }, pcConfig: { iceServers: [] } });
});
ua.start();
