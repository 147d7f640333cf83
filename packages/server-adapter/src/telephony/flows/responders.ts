import type { CallMode, ResponderDevice, Role, RoutingReason } from '@callweave/sdk/protocol';
import { READY, readinessOf } from '../../presence/index.ts';
import type { Store } from '../../store/store.ts';
import type { Device } from '../exchange.ts';

/** A person to whom a call can go, as routing needs them. */
export interface Responder {
  readonly id: string;
  readonly name: string;
  readonly device: Device;
  readonly active: boolean;
  readonly onLeave: boolean;
  /** By their own word or a supervisor's; undefined: yes. */
  readonly ready?: boolean;
  readonly doNotDisturb?: boolean;
  /** C1. @default 'blended' */
  readonly callMode?: CallMode;
}

export interface Responders {
  /** In the order asked for; unknown ids are left out. */
  byIds(ids: readonly string[]): Promise<readonly Responder[]>;
  /** The call-centre group: whoever takes calls that reach no responder. */
  group(): Promise<readonly Responder[]>;
  /** Everyone who may take calls, by name. */
  all(): Promise<readonly Responder[]>;
}

/** Why a responder is passed over without ringing; undefined: they can be rung. */
export function refusalOf(
  responder: Responder,
  /** By house rule their own customers reach them also while they are not ready. */
  evenNotReady = false,
): RoutingReason | undefined {
  if (!responder.active) return 'inactive';
  if (responder.callMode === 'outbound') return 'outbound-only';
  if (responder.onLeave) return 'on-leave';
  if (responder.doNotDisturb === true) return 'not-ready';
  return responder.ready === false && !evenNotReady ? 'not-ready' : undefined;
}

export function storedResponders(store: Store): Responders {
  const columns = ['id', 'username', 'name', 'roles', 'device', 'on_leave', 'active', 'call_mode'] as const;
  type Row = {
    id: string;
    username: string;
    name: string;
    roles: string;
    device: string;
    on_leave: number;
    active: number;
    call_mode: CallMode;
  };
  const toResponders = async (rows: readonly Row[]): Promise<Responder[]> => {
    const readiness = await readinessOf(
      store.db,
      rows.map(({ id }) => id),
    );
    return rows.map((row) => ({ ...toResponder(row), ...(readiness.get(row.id) ?? READY) }));
  };
  const toResponder = (row: Row): Responder => {
    const device = JSON.parse(row.device) as ResponderDevice;
    const roles = JSON.parse(row.roles) as Role[];
    return {
      id: row.id,
      name: row.name,
      device: device.kind === 'browser' ? { kind: 'browser', account: row.username } : device,
      active: Number(row.active) === 1 && (roles.includes('agent') || roles.includes('supervisor')),
      onLeave: Number(row.on_leave) === 1,
      callMode: row.call_mode,
    };
  };
  return {
    async byIds(ids) {
      if (ids.length === 0) return [];
      const rows = await store.db.selectFrom('accounts').select(columns).where('id', 'in', ids).execute();
      const found = new Map((await toResponders(rows)).map((responder) => [responder.id, responder]));
      return ids.flatMap((id) => found.get(id) ?? []);
    },
    async all() {
      const rows = await store.db
        .selectFrom('accounts')
        .select(columns)
        .where('active', '=', 1)
        .orderBy('name')
        .execute();
      return (await toResponders(rows)).filter(({ active }) => active);
    },
    async group() {
      const rows = await store.db
        .selectFrom('accounts')
        .select(columns)
        .where('in_group', '=', 1)
        .where('active', '=', 1)
        .orderBy('username')
        .execute();
      return toResponders(rows);
    },
  };
}
