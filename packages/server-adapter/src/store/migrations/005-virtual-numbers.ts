import type { Migration } from '../migrate.ts';

/**
 * What must never be twice is kept apart by the database itself: partial unique indexes hold among what is active, and let
 * the past be.
 */
export const virtualNumbers: Migration = {
  name: '005-virtual-numbers',
  statements: [
    `create table projects (
      id TEXT primary key, name TEXT not null, info TEXT not null, numbers_to_call TEXT not null, numbering TEXT, dial_policy TEXT not null,
      ends_on TEXT, ended_at TEXT, created_at TEXT not null, updated_at TEXT not null)`,
    // One row per number and one project per row: a number belongs to one project at most.
    `create table fictitious_numbers (
      id TEXT primary key, number TEXT not null unique, project_id TEXT references projects (id), created_at TEXT not null)`,
    `create table field_callers (
      id TEXT primary key, name TEXT not null, number TEXT not null, account_id TEXT, locale TEXT not null, active INTEGER not null,
      created_at TEXT not null)`,
    `create table pairings (
      id TEXT primary key, project_id TEXT not null references projects (id), number_id TEXT not null, fictitious_number TEXT not null,
      field_caller_id TEXT not null references field_callers (id), spoken_id INTEGER not null, expires_on TEXT, state TEXT not null,
      created_at TEXT not null, ended_at TEXT)`,
    `create table field_calls (
      call_id TEXT primary key, kind TEXT not null, state TEXT not null, outcome TEXT, pairing_id TEXT not null, project_id TEXT not null,
      field_caller_id TEXT not null, fictitious_number TEXT not null, other_number TEXT not null, case_id TEXT, started_at TEXT not null,
      answered_at TEXT, ended_at TEXT)`,
    `create table callback_cases (
      id TEXT primary key, field_caller_id TEXT not null, pairing_id TEXT not null, project_id TEXT not null, fictitious_number TEXT not null,
      other_number TEXT not null, ordinal INTEGER not null, state TEXT not null, reason TEXT, missed INTEGER not null, opened_at TEXT not null,
      last_missed_at TEXT not null, expires_at TEXT not null, closed_at TEXT)`,
    `create table refused_attempts (
      id TEXT primary key, at TEXT not null, called TEXT not null, caller TEXT not null, reason TEXT not null)`,
    'create unique index projects_by_name on projects (name) where ended_at is null',
    'create index fictitious_numbers_by_project on fictitious_numbers (project_id)',
    'create unique index field_callers_by_number on field_callers (number) where active = 1',
    'create unique index field_callers_by_account on field_callers (account_id) where active = 1',
    "create unique index pairings_by_spoken_id on pairings (field_caller_id, spoken_id) where state = 'active'",
    "create unique index pairings_by_number on pairings (number_id, field_caller_id) where state = 'active'",
    'create index pairings_by_project on pairings (project_id)',
    'create index field_calls_by_other on field_calls (fictitious_number, other_number, started_at)',
    'create index field_calls_by_field_caller on field_calls (field_caller_id, started_at)',
    "create unique index callback_cases_by_ordinal on callback_cases (field_caller_id, ordinal) where state = 'open'",
    "create unique index callback_cases_by_other on callback_cases (pairing_id, other_number) where state = 'open'",
    'create index callback_cases_by_field_caller on callback_cases (field_caller_id, opened_at)',
    'create index refused_attempts_by_instant on refused_attempts (at)',
  ],
};
