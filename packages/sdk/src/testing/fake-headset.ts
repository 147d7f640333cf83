import type { HidDevice, HidPort } from '../phone/headset/hid-port.ts';

type InputListener = (event: { readonly reportId: number; readonly data: DataView }) => void;
type DeviceListener = (event: { readonly device: HidDevice }) => void;

/** A headset with the descriptor of a common make: hook, mute and flash in one byte; mute, off-hook, ring and hold lights. */
export class FakeHeadset implements HidDevice {
  opened = false;
  /** Takes the off-hook light for the position of its hook, as most makes do. */
  follows = true;
  readonly productName: string;
  /** Output reports, newest last. */
  readonly sent: { readonly reportId: number; readonly bytes: readonly number[] }[] = [];
  readonly collections = [
    {
      usagePage: 0x0c,
      usage: 1,
      inputReports: [{ reportId: 1, items: [{ usages: [0xc00e9], reportSize: 1, reportCount: 8 }] }],
    },
    {
      usagePage: 0x0b,
      usage: 5,
      inputReports: [
        {
          reportId: 2,
          items: [
            { usages: [0xb0020, 0xb0097], reportSize: 1, reportCount: 2 },
            // A key pad, which is a number and not a bit.
            { usages: [0xb00b0], reportSize: 4, reportCount: 1 },
            { usages: [0xb002f, 0xb0021], reportSize: 1, reportCount: 2 },
          ],
        },
      ],
      outputReports: [
        {
          reportId: 3,
          items: [
            { usages: [0x80017, 0x80009, 0x80018, 0x80020], reportSize: 1, reportCount: 4 },
            { reportSize: 4, reportCount: 1 },
          ],
        },
      ],
    },
  ];
  readonly #listeners = new Set<InputListener>();
  #bits = 0;

  constructor(productName = 'Fake headset') {
    this.productName = productName;
  }

  async open(): Promise<void> {
    this.opened = true;
  }

  async close(): Promise<void> {
    this.opened = false;
  }

  async sendReport(reportId: number, data: Uint8Array<ArrayBuffer>): Promise<void> {
    this.sent.push({ reportId, bytes: [...data] });
    if (this.follows) this.#bits = (this.#bits & ~1) | ((data[0] ?? 0) & 1);
  }

  addEventListener(_type: 'inputreport', listener: InputListener): void {
    this.#listeners.add(listener);
  }

  removeEventListener(_type: 'inputreport', listener: (event: never) => void): void {
    this.#listeners.delete(listener as InputListener);
  }

  /** Lights that are on. */
  get lights(): readonly string[] {
    const byte = this.sent.at(-1)?.bytes[0] ?? 0;
    return ['offHook', 'mute', 'ring', 'hold'].filter((_name, index) => byte & (1 << index));
  }

  /** Lifts or puts down. */
  hook(off: boolean): void {
    this.#report(0, off);
  }

  press(button: 'mute' | 'flash'): void {
    const bit = button === 'mute' ? 6 : 7;
    this.#report(bit, true);
    this.#report(bit, false);
  }

  #report(bit: number, on: boolean): void {
    this.#bits = on ? this.#bits | (1 << bit) : this.#bits & ~(1 << bit);
    const data = new DataView(Uint8Array.of(this.#bits).buffer);
    if (this.opened) for (const listener of this.#listeners) listener({ reportId: 2, data });
  }
}

/** `navigator.hid` with what the person has allowed, and what they choose when asked. */
export class FakeHid implements HidPort {
  allowed: HidDevice[] = [];
  chosen: HidDevice[] = [];
  readonly #listeners = { connect: new Set<DeviceListener>(), disconnect: new Set<DeviceListener>() };

  async getDevices(): Promise<readonly HidDevice[]> {
    return this.allowed;
  }

  async requestDevice(): Promise<readonly HidDevice[]> {
    return this.chosen;
  }

  addEventListener(type: 'connect' | 'disconnect', listener: DeviceListener): void {
    this.#listeners[type].add(listener);
  }

  removeEventListener(type: 'connect' | 'disconnect', listener: (event: never) => void): void {
    this.#listeners[type].delete(listener as DeviceListener);
  }

  plug(device: HidDevice): void {
    for (const listener of this.#listeners.connect) listener({ device });
  }

  unplug(device: HidDevice): void {
    for (const listener of this.#listeners.disconnect) listener({ device });
  }
}
