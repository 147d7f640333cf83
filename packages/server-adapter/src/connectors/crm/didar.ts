import type { ServicePlanChoice } from '@callweave/sdk/protocol';
import { DeliveryError } from '../delivery-error.ts';
import type { CrmConnector, CrmEntry } from './crm-connector.ts';
import { askDidar, checkedBase, idIn } from './didar-request.ts';

export interface DidarOptions {
  /** From the environment or a secret store. Stands in no error and no log. */
  readonly apiKey: string;
  /** Who is responsible for deals and contacts that are made: an id of `User/List`. */
  readonly ownerId: string;
  /** The stage of the pipeline in which a deal begins: an id of `pipeline/list/0`. */
  readonly pipelineStageId: string;
  /** Stages for what becomes of a choice. What is left out stays in `pipelineStageId`. */
  readonly stages?: Readonly<Partial<Record<DidarStage, string>>>;
  /** A field of deals, of text, that is kept for our reference: a key of `customfield/GetCustomfieldList`. */
  readonly referenceField: string;
  /** Further fields of deals that are filled. */
  readonly fields?: { readonly state?: string; readonly amount?: string; readonly serviceEndsOn?: string };
  /** The product that a renewal is there; then its price stands in the deal. */
  readonly renewalProductId?: string;
  /** @default 'https://app.didar.me/api' */
  readonly baseUrl?: string;
  /** For each of at most five requests. @default 10_000 */
  readonly timeoutMs?: number;
  readonly fetch?: typeof globalThis.fetch;
}

export type DidarStage = 'renewed' | 'per-case' | 'declined' | 'lapsed' | 'replaced' | 'refunded';

const SEARCH_LIMIT = 50;
/** Searches take a span of time; this one leaves nothing out. */
const CRITERIA = {
  IsDeleted: 0,
  IsPinned: -1,
  IsVIP: -1,
  LeadType: -1,
  Pin: -1,
  SortOrder: 1,
  SearchFromTime: '1930-01-01T00:00:00.000Z',
  SearchToTime: '9999-12-01T00:00:00.000Z',
  CustomFields: [],
  FilterId: null,
};

/** Keeps each choice of service as one deal in Didar. It has no keys against doubles: our reference is searched for first. */
export function didarCrm(options: DidarOptions): CrmConnector {
  const { apiKey, ownerId, referenceField, fields = {}, timeoutMs = 10_000 } = options;
  if (!/^[A-Za-z0-9_-]{8,200}$/.test(apiKey)) throw new Error('The API key of Didar has letters and digits only.');
  if (!/^Field_8783_/.test(referenceField))
    throw new Error('The reference field must be one of deals: its key begins with "Field_8783_".');
  const connection = {
    base: checkedBase(options.baseUrl ?? 'https://app.didar.me/api'),
    apiKey,
    timeoutMs,
    fetch: options.fetch ?? globalThis.fetch,
  };
  const ask = (path: string, body: unknown, signal: AbortSignal) => askDidar(connection, path, body, signal);

  async function search(path: string, keywords: string, signal: AbortSignal): Promise<Record<string, unknown>[]> {
    const criteria = { Criteria: { ...CRITERIA, Keywords: keywords }, From: 0, Limit: SEARCH_LIMIT };
    const response = (await ask(path, criteria, signal)) as { List?: unknown } | null;
    return listOf(response?.List);
  }

  async function findDeal(reference: string, signal: AbortSignal): Promise<string | undefined> {
    const found = (await search('deal/search', reference, signal)).find(
      (deal) =>
        (deal['Fields'] as Record<string, unknown> | null | undefined)?.[referenceField] === reference ||
        // What lists leave out of a deal's own fields still stands in its title.
        (typeof deal['Title'] === 'string' && deal['Title'].includes(reference)),
    );
    return idIn(found, 'Deal');
  }

  async function findPerson({ id, telephone }: CrmEntry['customer'], signal: AbortSignal): Promise<string | undefined> {
    const coded = (await search('contact/PersonSearch', id, signal)).find((person) => person['CustomerCode'] === id);
    if (coded !== undefined) return idIn(coded, 'Contact');
    if (telephone === null) return undefined;
    const known = listOf(await ask('contact/getbyphonenumber', { MobilePhone: localNumber(telephone) }, signal));
    return idIn(known[0], 'Contact');
  }

  async function makePerson({ id, name, telephone }: CrmEntry['customer'], signal: AbortSignal): Promise<string> {
    const [first = '', ...rest] = name.split(' ');
    const response = await ask(
      'contact/save',
      {
        Contact: {
          Type: 'Person',
          FirstName: rest.length === 0 ? '' : first,
          LastName: rest.length === 0 ? first : rest.join(' '),
          DisplayName: name,
          ...(telephone === null ? {} : { MobilePhone: localNumber(telephone) }),
          OwnerId: ownerId,
          VisibilityType: 'All',
          CustomerCode: id,
        },
      },
      signal,
    );
    return required(idIn(response, 'Contact'), 'contact/save');
  }

  return {
    name: 'didar',
    async record(entry, signal) {
      const { choice, reference, customer } = entry;
      const known = entry.remoteId ?? (await findDeal(reference, signal));
      const stage = stageOf(choice);
      const deal = {
        Title: `${titleOf(entry)} (${reference})`,
        OwnerId: ownerId,
        PipelineStageId: (stage && options.stages?.[stage]) ?? options.pipelineStageId,
        Description: descriptionOf(entry),
        Fields: {
          [referenceField]: reference,
          ...(fields.state === undefined ? {} : { [fields.state]: stage ?? 'waiting' }),
          ...(fields.amount === undefined || choice.amount === null ? {} : { [fields.amount]: choice.amount.amount }),
          ...(fields.serviceEndsOn === undefined || choice.serviceEndsOn === null
            ? {}
            : { [fields.serviceEndsOn]: choice.serviceEndsOn }),
        },
      };
      if (known !== undefined) {
        await ask('deal/save', { Deal: { Id: known, ...deal } }, signal);
        return { remoteId: known };
      }
      const personId = (await findPerson(customer, signal)) ?? (await makePerson(customer, signal));
      const items =
        options.renewalProductId === undefined || choice.amount === null
          ? []
          : [{ ProductId: options.renewalProductId, Quantity: 1, UnitPrice: choice.amount.amount, Discount: 0 }];
      const made = await ask('deal/save', { Deal: { ...deal, PersonId: personId }, DealItems: items }, signal);
      return { remoteId: required(idIn(made, 'Deal'), 'deal/save') };
    },
  };
}

function stageOf({ kind, state }: ServicePlanChoice): DidarStage | undefined {
  if (state === 'waiting') return undefined;
  if (state !== 'done') return state;
  return kind === 'renewal' ? 'renewed' : kind;
}

function titleOf({ choice, device }: CrmEntry): string {
  const what =
    choice.kind === 'renewal' ? `Renewal ${choice.years} y` : choice.kind === 'per-case' ? 'Per case' : 'Declined';
  return `${what}: ${device.brand} ${device.model}${device.serial === null ? '' : ` ${device.serial}`}`;
}

function descriptionOf({ choice, device }: CrmEntry): string {
  const lines = [
    `State: ${choice.state}`,
    `Device: ${device.id}`,
    choice.amount === null ? undefined : `Amount: ${choice.amount.amount} ${choice.amount.currency}`,
    choice.serviceEndsOn === null ? undefined : `Service until: ${choice.serviceEndsOn}`,
    choice.reason === null ? undefined : `Reason: ${choice.reason}`,
  ];
  return lines.filter((line) => line !== undefined).join('\n');
}

/** Iranian numbers as they are written there. */
const localNumber = (number: string): string => (number.startsWith('+98') ? `0${number.slice(3)}` : number);

const listOf = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value : []);

function required(id: string | undefined, path: string): string {
  if (id === undefined) throw new DeliveryError(`Didar answered no id to ${path}.`, { retryable: true });
  return id;
}
