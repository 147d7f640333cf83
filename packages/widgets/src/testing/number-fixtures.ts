import type { OwnNumbers } from '@callweave/sdk';
import type {
  Account,
  CallbackCase,
  FictitiousNumber,
  FieldCall,
  FieldCaller,
  OwnPairing,
  Pairing,
  Project,
  RefusedAttempt,
} from '@callweave/sdk/protocol';
import { mina } from './fixtures.ts';

/** A survey in the field: a project, its fictitious numbers, and who calls through them. */

const ago = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString();

export const petr: Account = {
  ...mina,
  id: 'acc_petr',
  username: 'field',
  name: 'Petr Dvořák',
  roles: ['field-caller'],
  branch: 'Praha',
  inGroup: false,
  locale: 'cs',
};

const dialPolicy = { countries: ['420'], allowed: null, premium: ['+420900'] };

export const survey: Project = {
  id: 'prj_cars',
  name: 'Průzkum prodejců vozů',
  info: 'Zavolejte jako zákazník, který hledá rodinný vůz.\nZeptejte se na předváděcí jízdu.',
  numbersToCall: [
    { label: 'Autosalon Praha', number: '+420222333444' },
    { label: 'Autosalon Brno', number: '+420541234567' },
  ],
  fictitiousNumbers: [
    { id: 'num_1', number: '+420234234501' },
    { id: 'num_2', number: '+420234234502' },
  ],
  numbering: 'CZ',
  dialPolicy,
  endsOn: '2027-03-31',
  state: 'active',
  endedAt: null,
};
export const banks: Project = {
  ...survey,
  id: 'prj_banks',
  name: 'Pobočky bank',
  info: '',
  numbersToCall: [],
  fictitiousNumbers: [],
  endsOn: null,
};

export const ownPairing = (changes: Partial<OwnPairing> = {}): OwnPairing => {
  const { id, name, info, numbersToCall, numbering, endsOn } = survey;
  return {
    id: 'pair_1',
    spokenId: 1,
    fictitiousNumber: '+420234234501',
    project: { id, name, info, numbersToCall, numbering, dialPolicy, endsOn },
    expiresOn: null,
    ...changes,
  };
};

export const ownNumbers = (pairings: readonly OwnPairing[] = [ownPairing()]): OwnNumbers => ({
  pairings,
  accessNumber: '+420234234399',
  exchangeNumber: '+420234234390',
});

export const fieldCall = (changes: Partial<FieldCall> = {}): FieldCall => ({
  id: 'fcall_1',
  kind: 'out',
  state: 'own-phone',
  outcome: null,
  pairingId: 'pair_1',
  project: { id: survey.id, name: survey.name },
  fictitiousNumber: '+420234234501',
  dialled: '+420222333444',
  startedAt: ago(8),
  answeredAt: null,
  endedAt: null,
  ...changes,
});

export const callback = (ordinal: number, changes: Partial<CallbackCase> = {}): CallbackCase => ({
  id: `case_${ordinal}`,
  ordinal,
  state: 'open',
  reason: null,
  pairingId: 'pair_1',
  project: { id: survey.id, name: survey.name },
  fictitiousNumber: '+420234234501',
  missed: ordinal,
  openedAt: ago(4000),
  lastMissedAt: ago(900),
  expiresAt: ago(-250_000),
  closedAt: null,
  ...changes,
});

export const fieldCaller = (changes: Partial<FieldCaller> = {}): FieldCaller => ({
  id: 'fc_petr',
  name: 'Petr Dvořák',
  number: '+420601112233',
  accountId: petr.id,
  locale: 'cs',
  active: true,
  ...changes,
});

export const fictitious = (changes: Partial<FictitiousNumber> = {}): FictitiousNumber => ({
  id: 'num_1',
  number: '+420234234501',
  project: { id: survey.id, name: survey.name },
  pairings: 1,
  ...changes,
});

export const pairing = (changes: Partial<Pairing> = {}): Pairing => ({
  id: 'pair_1',
  project: { id: survey.id, name: survey.name },
  fictitiousNumber: '+420234234501',
  fieldCaller: { id: 'fc_petr', name: 'Petr Dvořák', number: '+420601112233' },
  spokenId: 1,
  expiresOn: '2027-01-31',
  state: 'active',
  createdAt: ago(90_000),
  endedAt: null,
  ...changes,
});

/** As many as a large survey has. */
export const manyPairings = (count: number): readonly Pairing[] =>
  Array.from({ length: count }, (_, index) =>
    pairing({
      id: `pair_${index}`,
      spokenId: 1 + (index % 3),
      fictitiousNumber: `+42023423${String(4000 + (index % 900))}`,
      fieldCaller: {
        id: `fc_${index}`,
        name: `Tazatel ${index}`,
        number: `+4206011${String(10_000 + index).slice(-5)}`,
      },
      expiresOn: index % 4 === 0 ? null : '2027-01-31',
    }),
  );

export const attempt = (changes: Partial<RefusedAttempt> = {}): RefusedAttempt => ({
  id: 'att_1',
  at: ago(600),
  called: '+420234234399',
  caller: '+420777888999',
  reason: 'not-paired',
  ...changes,
});
