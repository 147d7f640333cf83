import { type Readable, Value } from '../../state/readable.ts';
import type { Phone } from '../create-phone.ts';
import type { CallState, PhoneState } from '../state.ts';
import { browserHid, type HidDevice, type HidPort } from './hid-port.ts';
import {
  type HeadsetButton,
  type HeadsetLight,
  mapReports,
  type ReportMap,
  readBit,
  TELEPHONY_PAGE,
} from './reports.ts';

/** `unsupported`: this browser has no WebHID; buttons of headsets do nothing then. */
export type HeadsetState =
  | { readonly status: 'unsupported' | 'none' }
  | { readonly status: 'connected'; readonly name: string };

export interface Headset {
  readonly state: Readable<HeadsetState>;
  /** Lets the person choose a headset; to be called from a click. Resolves with whether one is connected. */
  connect(): Promise<boolean>;
  /** Lets go of it. */
  disconnect(): Promise<void>;
  close(): Promise<void>;
}

interface Connected {
  readonly device: HidDevice;
  readonly map: ReportMap;
  readonly listener: (event: { readonly reportId: number; readonly data: DataView }) => void;
  /** Buttons as they were in the last report. */
  readonly pressed: Map<HeadsetButton, boolean>;
  /** The lights as they were last set. */
  shown: string;
}

/**
 * The buttons of a headset, through WebHID: hook switch answers, takes back and hangs up, mute mutes, flash holds; and
 * its lights tell what the phone knows. A headset that the person has allowed before connects by itself.
 */
export function createHeadset(phone: Phone, hid: HidPort | undefined = browserHid()): Headset {
  const state = new Value<HeadsetState>({ status: hid ? 'none' : 'unsupported' });
  let current: Connected | null = null;
  /** One opening or closing after the other. */
  let tail: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(task: () => Promise<T>): Promise<T> => {
    const result = tail.then(task, task);
    tail = result.catch(() => {});
    return result;
  };

  async function use(device: HidDevice): Promise<boolean> {
    if (current?.device === device) return true;
    const map = mapReports(device.collections);
    if (!map.buttons.has('hookSwitch')) return false;
    await letGo();
    if (!device.opened) await device.open();
    const connected: Connected = {
      device,
      map,
      pressed: new Map(),
      shown: '',
      listener: ({ reportId, data }) => read(connected, reportId, data),
    };
    current = connected;
    device.addEventListener('inputreport', connected.listener);
    state.set({ status: 'connected', name: device.productName });
    show(phone.get());
    return true;
  }

  async function letGo(gone = false): Promise<void> {
    const left = current;
    if (!left) return;
    current = null;
    left.device.removeEventListener('inputreport', left.listener);
    state.set({ status: 'none' });
    if (!gone) {
      // Not left in the dark with a light on.
      await send(left, new Set()).catch(() => {});
      await left.device.close().catch(() => {});
    }
  }

  function read(from: Connected, reportId: number, data: DataView): void {
    // Of many tabs one answers, and one only.
    if (phone.get().role !== 'owner') return;
    const changes: [HeadsetButton, boolean][] = [];
    for (const [button, bit] of from.map.buttons) {
      if (bit.reportId !== reportId) continue;
      const down = readBit(data, bit);
      if (down !== (from.pressed.get(button) ?? false)) changes.push([button, down]);
    }
    for (const [button, down] of changes) {
      // A finger moves one thing at a time. A headset that does not follow our off-hook light reports its hook as down
      // with every other key, and muting must not hang up.
      if (button === 'hookSwitch' && changes.length > 1) continue;
      from.pressed.set(button, down);
      // The hook is a switch with two positions; the others are keys that come up again.
      if (button === 'hookSwitch') hook(down);
      else if (down) press(button);
    }
  }

  function hook(off: boolean): void {
    const { calls } = phone.get();
    const ringing = calls.find((call) => call.direction === 'incoming' && call.signalling === 'ringing');
    const talking = activeOf(calls);
    if (off && ringing) void phone.answer(ringing.id).catch(() => {});
    else if (off && talking && isHeld(talking)) void phone.unhold(talking.id).catch(() => {});
    else if (!off && talking) void phone.hangup(talking.id).catch(() => {});
  }

  function press(button: HeadsetButton): void {
    const call = activeOf(phone.get().calls);
    if (!call) return;
    if (button === 'mute') void phone.mute(call.id, !call.muted).catch(() => {});
    else if (button === 'flash') void (isHeld(call) ? phone.unhold(call.id) : phone.hold(call.id)).catch(() => {});
  }

  function show(now: PhoneState): void {
    const connected = current;
    if (!connected || now.role !== 'owner') return;
    const call = activeOf(now.calls);
    const on = new Set<HeadsetLight>();
    if (now.calls.some((each) => each.direction === 'incoming' && each.signalling === 'ringing')) on.add('ring');
    if (call) on.add('offHook');
    if (call?.muted) on.add('mute');
    if (call && isHeld(call)) on.add('hold');
    const key = [...on].join();
    if (key === connected.shown) return;
    connected.shown = key;
    // The headset takes this for the position of its hook: hanging up on the page must not look like a lifted hook.
    connected.pressed.set('hookSwitch', on.has('offHook'));
    void inTurn(() => (current === connected ? send(connected, on) : Promise.resolve())).catch(() => {});
  }

  async function send({ device, map }: Connected, on: ReadonlySet<HeadsetLight>): Promise<void> {
    const reports = new Map<number, Uint8Array<ArrayBuffer>>();
    for (const [light, { reportId, offset }] of map.lights) {
      const report = reports.get(reportId) ?? new Uint8Array(map.outputBytes.get(reportId) ?? 1);
      reports.set(reportId, report);
      if (on.has(light)) report[offset >> 3] = (report[offset >> 3] ?? 0) | (1 << (offset & 7));
    }
    for (const [reportId, report] of reports) await device.sendReport(reportId, report);
  }

  const unsubscribe = phone.subscribe(show);
  const arrived = ({ device }: { readonly device: HidDevice }): void => {
    if (!current) void inTurn(() => use(device)).catch(() => {});
  };
  const left = ({ device }: { readonly device: HidDevice }): void => {
    if (current?.device === device) void inTurn(() => letGo(true));
  };
  hid?.addEventListener('connect', arrived);
  hid?.addEventListener('disconnect', left);
  void inTurn(async () => {
    for (const device of (await hid?.getDevices()) ?? []) if (await use(device).catch(() => false)) return;
  }).catch(() => {});

  return {
    state,
    async connect() {
      // Asked at once: after a wait the browser no longer takes it for the person's own click.
      const chosen = (await hid?.requestDevice({ filters: [{ usagePage: TELEPHONY_PAGE }] })) ?? [];
      return inTurn(async () => {
        for (const device of chosen) if (await use(device)) return true;
        return false;
      });
    },
    disconnect: () => inTurn(() => letGo()),
    async close() {
      unsubscribe();
      hid?.removeEventListener('connect', arrived);
      hid?.removeEventListener('disconnect', left);
      await inTurn(() => letGo());
    },
  };
}

function activeOf(calls: readonly CallState[]): CallState | undefined {
  const talking = calls.filter(({ signalling }) => signalling === 'active');
  return talking.find((call) => !isHeld(call)) ?? talking[0];
}

function isHeld({ hold }: CallState): boolean {
  return hold === 'local' || hold === 'both' || hold === 'pending-local';
}
