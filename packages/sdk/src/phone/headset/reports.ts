import type { HidCollection, HidReport } from './hid-port.ts';

/** Telephony device page of the HID usage tables. */
export const TELEPHONY_PAGE = 0x0b;
const LED_PAGE = 0x08;

const usage = (page: number, id: number): number => page * 0x1_0000 + id;

const INPUTS = {
  hookSwitch: usage(TELEPHONY_PAGE, 0x20),
  flash: usage(TELEPHONY_PAGE, 0x21),
  mute: usage(TELEPHONY_PAGE, 0x2f),
} as const;

const OUTPUTS = {
  mute: usage(LED_PAGE, 0x09),
  offHook: usage(LED_PAGE, 0x17),
  ring: usage(LED_PAGE, 0x18),
  hold: usage(LED_PAGE, 0x20),
} as const;

export type HeadsetButton = keyof typeof INPUTS;
export type HeadsetLight = keyof typeof OUTPUTS;

/** Where a bit stands in a report. */
export interface Bit {
  readonly reportId: number;
  readonly offset: number;
}

export interface ReportMap {
  readonly buttons: ReadonlyMap<HeadsetButton, Bit>;
  readonly lights: ReadonlyMap<HeadsetLight, Bit>;
  /** Bytes of each output report. */
  readonly outputBytes: ReadonlyMap<number, number>;
}

/** Reads from the descriptor where a headset of whatever make has its buttons and lights. */
export function mapReports(collections: readonly HidCollection[]): ReportMap {
  const telephony = flatten(collections.filter(({ usagePage }) => usagePage === TELEPHONY_PAGE));
  const outputs = telephony.flatMap(({ outputReports = [] }) => outputReports);
  return {
    buttons: find(
      telephony.flatMap(({ inputReports = [] }) => inputReports),
      INPUTS,
    ),
    lights: find(outputs, OUTPUTS),
    outputBytes: new Map(outputs.map((report) => [report.reportId ?? 0, Math.ceil(bitsOf(report) / 8)])),
  };
}

export function readBit(data: DataView, { offset }: Bit): boolean {
  const byte = offset >> 3;
  return byte < data.byteLength && (data.getUint8(byte) & (1 << (offset & 7))) !== 0;
}

function flatten(collections: readonly HidCollection[]): HidCollection[] {
  return collections.flatMap((collection) => [collection, ...flatten(collection.children ?? [])]);
}

function bitsOf({ items = [] }: HidReport): number {
  return items.reduce((sum, { reportSize = 0, reportCount = 0 }) => sum + reportSize * reportCount, 0);
}

function find<N extends string>(reports: readonly HidReport[], wanted: Readonly<Record<N, number>>): Map<N, Bit> {
  const found = new Map<N, Bit>();
  for (const { reportId = 0, items = [] } of reports) {
    let offset = 0;
    for (const item of items) {
      const { reportSize = 0, reportCount = 0 } = item;
      // Anything wider than a bit is a number, such as a dialled digit.
      if (reportSize === 1)
        for (let index = 0; index < reportCount; index += 1) {
          const at = item.isRange ? (item.usageMinimum ?? 0) + index : item.usages?.[index];
          for (const name of Object.keys(wanted) as N[])
            if (wanted[name] === at && !found.has(name)) found.set(name, { reportId, offset: offset + index });
        }
      offset += reportSize * reportCount;
    }
  }
  return found;
}
