/**
 * What the phone needs of WebHID, which few browsers have and TypeScript does not describe. In tests a device made of
 * nothing; in the browser `navigator.hid`.
 */
export interface HidReportItem {
  readonly usages?: readonly number[];
  readonly usageMinimum?: number;
  readonly usageMaximum?: number;
  readonly isRange?: boolean;
  readonly reportSize?: number;
  readonly reportCount?: number;
}

export interface HidReport {
  readonly reportId?: number;
  readonly items?: readonly HidReportItem[];
}

export interface HidCollection {
  readonly usagePage?: number;
  readonly usage?: number;
  readonly inputReports?: readonly HidReport[];
  readonly outputReports?: readonly HidReport[];
  readonly children?: readonly HidCollection[];
}

export interface HidDevice {
  readonly opened: boolean;
  readonly productName: string;
  readonly collections: readonly HidCollection[];
  open(): Promise<void>;
  close(): Promise<void>;
  sendReport(reportId: number, data: Uint8Array<ArrayBuffer>): Promise<void>;
  addEventListener(
    type: 'inputreport',
    listener: (event: { readonly reportId: number; readonly data: DataView }) => void,
  ): void;
  removeEventListener(type: 'inputreport', listener: (event: never) => void): void;
}

export interface HidPort {
  /** Those that the person has allowed before. */
  getDevices(): Promise<readonly HidDevice[]>;
  /** The browser asks the person; needs a click. */
  requestDevice(options: {
    readonly filters: readonly { readonly usagePage: number }[];
  }): Promise<readonly HidDevice[]>;
  addEventListener(type: 'connect' | 'disconnect', listener: (event: { readonly device: HidDevice }) => void): void;
  removeEventListener(type: 'connect' | 'disconnect', listener: (event: never) => void): void;
}

/** Undefined where the browser has none: the feature is off then. */
export function browserHid(): HidPort | undefined {
  return (globalThis.navigator as unknown as { readonly hid?: HidPort } | undefined)?.hid;
}
