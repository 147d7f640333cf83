import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Fields = Record<string, unknown>;

export type DidarFault =
  | { readonly kind: 'answer'; readonly status: number; readonly body: string }
  | { readonly kind: 'silence' }
  /** Does what was asked, and cuts the line before it answers. */
  | { readonly kind: 'cut-after' };

const CONTACT = ['Id', 'Type', 'FirstName', 'LastName', 'DisplayName', 'MobilePhone', 'Email', 'OwnerId'];
const DEAL = ['Id', 'Title', 'PersonId', 'OwnerId', 'PipelineStageId', 'Description', 'LabelIds', 'Fields'];
const SEARCH = ['Keywords', 'IsDeleted', 'IsPinned', 'IsVIP', 'LeadType', 'Pin', 'SortOrder'];
const REFUSED = Symbol('refused');

/** What stands in for Didar: contacts and deals, held to the form of its API, with the ways in which it says no. */
export class FakeDidar {
  readonly apiKey = 'didarTestKey0123456789';
  readonly contacts: Fields[] = [];
  readonly deals: Fields[] = [];
  readonly items: unknown[] = [];
  /** Requests that broke its rules, and why. */
  readonly broken: string[] = [];
  readonly asked: string[] = [];
  /** Taken from the front, one for each request; by path, or any. */
  readonly faults: (DidarFault & { readonly path?: string })[] = [];
  /** A new id stands in `Response`, or in an object of its kind within. */
  nested = false;
  url = '';
  #server: Server | undefined;

  async listen(): Promise<this> {
    this.#server = createServer((request, response) => void this.#receive(request, response));
    await new Promise<void>((resolve) => this.#server?.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/api`;
    return this;
  }

  async close(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((resolve) => this.#server?.close(resolve));
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const url = new URL(request.url ?? '/', this.url);
    const path = url.pathname.replace('/api/', '');
    this.asked.push(path);
    const at = this.faults.findIndex((fault) => fault.path === undefined || fault.path === path);
    const fault = at < 0 ? undefined : this.faults.splice(at, 1)[0];
    if (fault?.kind === 'silence') return;
    const send = (status: number, body: unknown) =>
      response
        .writeHead(status, { 'content-type': 'application/json' })
        .end(typeof body === 'string' ? body : JSON.stringify(body));
    if (fault?.kind === 'answer') return void send(fault.status, fault.body);
    if (request.method !== 'POST' || !/^application\/json\b/.test(request.headers['content-type'] ?? ''))
      return void send(400, { Message: this.#broke(`${path} is not a POST of JSON`) });
    if (url.searchParams.get('apikey') !== this.apiKey) return void send(400, { Message: 'ApiKey is not valid' });
    const answer = this.#respond(path, JSON.parse(Buffer.concat(parts).toString('utf8')) as Fields);
    if (fault?.kind === 'cut-after') return void response.destroy();
    if (Array.isArray(answer) && answer[0] === REFUSED) return void send(400, { Message: this.#broke(answer[1]) });
    send(200, { Response: answer });
  }

  #broke(why: string): string {
    this.broken.push(why);
    return why;
  }

  #respond(path: string, body: Fields): unknown {
    switch (path) {
      case 'contact/getbyphonenumber':
        return this.contacts.filter(({ MobilePhone }) => MobilePhone === body['MobilePhone']);
      case 'contact/PersonSearch':
        return this.#search(this.contacts, body);
      case 'deal/search':
        return this.#search(this.deals, body);
      case 'contact/save':
        return this.#saveContact(body);
      case 'deal/save':
        return this.#saveDeal(body);
      default:
        return [REFUSED, `there is no ${path}`];
    }
  }

  #search(all: Fields[], body: Fields): unknown {
    const criteria = body['Criteria'] as Fields | undefined;
    const missing = SEARCH.find((name) => criteria?.[name] === undefined);
    if (missing !== undefined || typeof body['From'] !== 'number' || typeof body['Limit'] !== 'number')
      return [REFUSED, `a search without ${missing ?? 'From and Limit'}`];
    const found = all.filter((each) => JSON.stringify(each).includes(String(criteria?.['Keywords'])));
    return { List: found.slice(body['From'], body['From'] + body['Limit']), TotalCount: found.length };
  }

  #saveContact(body: Fields): unknown {
    const contact = body['Contact'] as Fields | undefined;
    const odd = Object.keys(contact ?? {}).find(
      (name) => ![...CONTACT, 'VisibilityType', 'CustomerCode', 'Fields'].includes(name),
    );
    if (contact === undefined || odd !== undefined) return [REFUSED, `a contact with ${odd ?? 'nothing'}`];
    if (contact['Type'] !== 'Person' || typeof contact['LastName'] !== 'string' || contact['LastName'] === '')
      return [REFUSED, 'a person needs a LastName'];
    const Id = `person-${this.contacts.length + 1}`;
    this.contacts.push({ ...contact, Id });
    return this.nested ? { Contact: { Id } } : { Id };
  }

  #saveDeal(body: Fields): unknown {
    const deal = body['Deal'] as Fields | undefined;
    const odd = Object.keys(deal ?? {}).find((name) => !DEAL.includes(name));
    if (deal === undefined || odd !== undefined) return [REFUSED, `a deal with ${odd ?? 'nothing'}`];
    const known = this.deals.find(({ Id }) => Id === deal['Id']);
    if (deal['Id'] !== undefined && known === undefined) return [REFUSED, 'there is no such deal'];
    if (known !== undefined) {
      Object.assign(known, deal);
      return this.nested ? { Deal: { Id: known['Id'] } } : { Id: known['Id'] };
    }
    if (typeof deal['Title'] !== 'string' || deal['PipelineStageId'] === undefined)
      return [REFUSED, 'a deal needs Title and PipelineStageId'];
    if (!this.contacts.some(({ Id }) => Id === deal['PersonId']))
      return [REFUSED, 'a deal needs a PersonId that is there'];
    const Id = `deal-${this.deals.length + 1}`;
    this.deals.push({ ...deal, Id });
    this.items.push(...((body['DealItems'] as unknown[] | undefined) ?? []));
    return this.nested ? { Deal: { Id } } : { Id };
  }
}
