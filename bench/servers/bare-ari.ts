import { serveParent } from '../load/server-process.ts';

/**
 * The least that can be done over ARI for a recorded call: answer, ring the agent's telephone, join the two, record each
 * side by a snoop. No store, no routing, no retry; what Callweave's own process is held against.
 */
const [ariUrl = '', password = '', application = 'callweave'] = process.argv.slice(2);
const authorization = `Basic ${Buffer.from(`callweave:${password}`).toString('base64')}`;

interface Channel {
  readonly id: string;
  readonly caller: { readonly number: string };
}
type AriEvent = { readonly type: string; readonly channel?: Channel; readonly args?: readonly string[] };

const ari = async (method: string, path: string, query: Record<string, string> = {}): Promise<void> => {
  const response = await fetch(`${ariUrl}${path}?${new URLSearchParams(query)}`, {
    method,
    headers: { authorization },
  });
  await response.arrayBuffer();
};

const peers = new Map<string, string>();
let calls = 0;

async function onEvent(event: AriEvent): Promise<void> {
  const { channel, args = [] } = event;
  if (channel === undefined) return;
  if (event.type === 'StasisStart' && args[0] === 'in') {
    const agent = `agent-${(calls += 1)}`;
    peers.set(agent, channel.id).set(channel.id, agent);
    await ari('POST', `/channels/${channel.id}/answer`);
    await ari('POST', '/channels', {
      endpoint: `PJSIP/+98900${channel.caller.number.slice(-7)}@trunk`,
      app: application,
      appArgs: 'agent',
      channelId: agent,
      callerId: channel.caller.number,
    });
  } else if (event.type === 'StasisStart' && args[0] === 'agent') {
    const customer = peers.get(channel.id);
    if (customer === undefined) return;
    const bridge = `bridge-${channel.id}`;
    await ari('POST', '/bridges', { type: 'mixing,dtmf_events', bridgeId: bridge });
    for (const leg of [channel.id, customer])
      await ari('POST', `/channels/${leg}/snoop/snoop-${leg}`, { app: application, appArgs: 'snoop', spy: 'in' });
    await ari('POST', `/bridges/${bridge}/addChannel`, { channel: `${channel.id},${customer}` });
  } else if (event.type === 'StasisStart' && args[0] === 'snoop') {
    await ari('POST', `/channels/${channel.id}/record`, { name: `rec-${channel.id}`, format: 'wav' });
  } else if (event.type === 'StasisEnd') {
    const peer = peers.get(channel.id);
    if (peer === undefined) return;
    peers.delete(channel.id);
    const agent = channel.id.startsWith('agent-') ? channel.id : peer;
    await ari('DELETE', `/channels/${peer}`);
    await ari('DELETE', `/bridges/bridge-${agent}`);
  }
}

const address = `${ariUrl.replace('http', 'ws')}/events?app=${application}&api_key=callweave:${password}`;
const socket = new WebSocket(address);
socket.onmessage = ({ data }) => void onEvent(JSON.parse(String(data)) as AriEvent).catch(() => {});
await new Promise<void>((resolve, reject) => {
  socket.onopen = () => resolve();
  socket.onerror = () => reject(new Error('ARI gives no events.'));
});
serveParent({}, () => socket.close(), { cpu: () => process.cpuUsage() });
