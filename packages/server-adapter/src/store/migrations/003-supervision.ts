import type { Migration } from '../migrate.ts';

/** Supervisors at calls, agents who ask for one, and the log of everything that was listened to. */
export const supervision: Migration = {
  name: '003-supervision',
  statements: [
    `create table supervisions (
      id TEXT primary key, call_id TEXT not null, account_id TEXT not null, leg_id TEXT not null, mode TEXT not null, state TEXT not null,
      reason TEXT not null, visible INTEGER not null, escalation_id TEXT, track TEXT, since TEXT not null, ended_at TEXT)`,
    'create index supervisions_by_state on supervisions (state, call_id)',
    `create table escalations (
      id TEXT primary key, call_id TEXT not null, agent_id TEXT not null, note TEXT not null, state TEXT not null, unanswered INTEGER not null,
      supervisor_id TEXT, created_at TEXT not null, accepted_at TEXT, closed_at TEXT)`,
    'create index escalations_by_state on escalations (state, call_id)',
    `create table listening_log (
      id TEXT primary key, kind TEXT not null, account_id TEXT not null, call_id TEXT, recording_id TEXT, agent_id TEXT, supervision_id TEXT,
      reason TEXT not null, started_at TEXT not null, ended_at TEXT)`,
    'create index listening_log_by_time on listening_log (started_at, id)',
    'create index listening_log_by_listener on listening_log (account_id, started_at)',
    'create index listening_log_by_agent on listening_log (agent_id, started_at)',
    'create index listening_log_by_call on listening_log (call_id)',
    'create index listening_log_by_supervision on listening_log (supervision_id)',
    // What was listened to before there was a log stands in the hash chain alone.
    `insert into listening_log (id, kind, account_id, call_id, recording_id, agent_id, supervision_id, reason, started_at, ended_at)
      select 'lis_ledger_' || l.seq, 'recording', l.actor, r.call_id, r.id, c.agent_id, null, '', l.at, null
      from ledger l join recordings r on l.subject = 'recording:' || r.id left join calls c on c.id = r.call_id
      where l.action = 'recording.listened'`,
  ],
};
