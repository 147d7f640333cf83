import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { parseNameAddress, parseSipUri, topBranch } from './address.ts';
import { Authentication } from './authentication.ts';
import { ALLOW, type CallContext, type CallHandlers, remoteParty, type SipCall, SUPPORTED } from './call.ts';
import type { HeaderLine } from './compose.ts';
import { type ConnectionLimits, SipConnection } from './connection.ts';
import type { PhonePasswords } from './digest.ts';
import { IncomingCall } from './incoming-call.ts';
import type { SipRequest } from './message.ts';
import { OutgoingCall, type OutgoingOptions } from './outgoing-call.ts';
import { Registrar, type Registration } from './registrar.ts';
import { answerSessionTimer, tooSmall } from './session-timer.ts';

export interface SipServerOptions {
  readonly domain: string;
  readonly passwords: PhonePasswords;
  readonly maxMessageBytes: number;
  readonly maxConnections: number;
  readonly connection: ConnectionLimits;
  readonly log: (level: 'debug' | 'warn', message: string) => void;
}

export interface NewCall {
  readonly account: string;
  readonly dialled: string;
  readonly offer: string;
}

export interface SipServerHandlers {
  /** Whether a further call of this account is let in; otherwise the status to refuse it with. */
  readonly admit: (account: string) => 'admitted' | 486 | 503;
  /** Makes the handlers of a new call; `begin` is called with the call right after. */
  readonly incoming: (call: NewCall) => {
    readonly handlers: CallHandlers;
    readonly begin: (call: IncomingCall) => void;
  };
  readonly registrationChanged: (account: string) => void;
}

const MIN_EXPIRES = 60;
const MAX_EXPIRES = 3600;

/** SIP over WebSocket (RFC 7118): sockets, registrations, and the way of every request to its call. */
export class SipServer {
  readonly registrar: Registrar;
  readonly #options: SipServerOptions;
  readonly #handlers: SipServerHandlers;
  readonly #sockets: WebSocketServer;
  readonly #connections = new Set<SipConnection>();
  readonly #dialogs = new Map<string, SipCall>();
  readonly #authentication: Authentication;
  readonly #context: CallContext;
  #open = true;

  constructor(options: SipServerOptions, handlers: SipServerHandlers) {
    this.#options = options;
    this.#handlers = handlers;
    this.#authentication = new Authentication(options.passwords, options.domain);
    this.registrar = new Registrar((account) => handlers.registrationChanged(account));
    this.#sockets = new WebSocketServer({
      noServer: true,
      maxPayload: options.maxMessageBytes,
      perMessageDeflate: false,
      handleProtocols: (offered) => (offered.has('sip') ? 'sip' : false),
    });
    this.#context = {
      domain: options.domain,
      connectionOf: (account) => this.registrar.find(account)?.connection,
      enter: (call) => this.#dialogs.set(`${call.callId}|${call.localTag}`, call),
      leave: (call) => this.#dialogs.delete(`${call.callId}|${call.localTag}`),
    };
  }

  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const protocols = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((each) => each.trim());
    if (!this.#open || this.#connections.size >= this.#options.maxConnections)
      return refuse(socket, '503 Service Unavailable');
    if (!protocols.includes('sip'))
      return refuse(socket, '400 Bad Request', 'The WebSocket subprotocol must be "sip".');
    this.#sockets.handleUpgrade(request, socket, head, (webSocket: WebSocket) => {
      this.#connections.add(
        new SipConnection(webSocket, this.#options.connection, {
          request: (message, connection) => this.#dispatch(message, connection),
          closed: (connection) => {
            this.#connections.delete(connection);
            this.registrar.connectionClosed(connection);
          },
          log: this.#options.log,
        }),
      );
    });
  }

  createCall(registration: Registration, options: OutgoingOptions, handlers: CallHandlers): OutgoingCall {
    return new OutgoingCall(this.#context, registration, options, handlers);
  }

  /** Cuts every connection of an account, and so its registration. */
  disconnect(account: string): void {
    for (const connection of this.#connections) if (connection.account === account) connection.close('signed out');
  }

  close(): void {
    this.#open = false;
    this.registrar.clear();
    for (const connection of this.#connections) connection.close('the exchange stops', 1001);
    this.#sockets.close();
  }

  #dispatch(request: SipRequest, connection: SipConnection): void {
    const { method, headers } = request;
    const reply = (status: number, extra: readonly HeaderLine[] = []) =>
      connection.respond(headers, status, { headers: extra });
    if (topBranch(headers.get('via') as string)?.startsWith('z9hG4bK') !== true) {
      if (method !== 'ACK') reply(400);
      return;
    }
    const to = parseNameAddress(headers.get('to') as string);
    if (to === undefined || parseNameAddress(headers.get('from') as string) === undefined) {
      if (method !== 'ACK') reply(400);
      return;
    }
    if (method === 'CANCEL') return this.#cancel(request, connection);
    const toTag = to.parameters.get('tag');
    if (toTag !== undefined) return this.#inDialog(request, connection, toTag);
    switch (method) {
      case 'ACK':
        return;
      case 'REGISTER':
        return this.#register(request, connection);
      case 'INVITE':
        return this.#invite(request, connection);
      case 'OPTIONS':
        return reply(200, [ALLOW, SUPPORTED]);
      default:
        return reply(405, [ALLOW]);
    }
  }

  #cancel(request: SipRequest, connection: SipConnection): void {
    const pending = connection.pendingInvites.get(topBranch(request.headers.get('via') as string) ?? '');
    connection.respond(request.headers, pending === undefined ? 481 : 200);
    pending?.cancel();
  }

  #inDialog(request: SipRequest, connection: SipConnection, toTag: string): void {
    const { headers, method } = request;
    const call = this.#dialogs.get(`${headers.get('call-id')}|${toTag}`);
    if (method === 'ACK') {
      if (call !== undefined && connection.account === call.account) call.handleRequest(request, connection);
      return;
    }
    // Who is not known gets a challenge and not a 481: a phone that came back on a new socket must not lose its call.
    const who = this.#authentication.check(request, connection);
    if ('status' in who) return connection.respond(headers, who.status, { headers: who.headers });
    if (call === undefined || call.account !== who.account) return connection.respond(headers, 481);
    call.handleRequest(request, connection);
  }

  #register(request: SipRequest, connection: SipConnection): void {
    const { headers } = request;
    const reply = (status: number, extra: readonly HeaderLine[] = []) =>
      connection.respond(headers, status, { headers: extra });
    const who = this.#authentication.check(request, connection);
    if ('status' in who) return reply(who.status, who.headers);
    const contacts = headers.list('contact');
    if (contacts.length > 5) return reply(400);
    const headerExpires = headers.get('expires');
    let registered: { readonly uri: string; readonly seconds: number } | undefined;
    for (const text of contacts) {
      if (text === '*') {
        if (headerExpires !== '0' || contacts.length > 1) return reply(400);
        this.registrar.unregister(who.account, connection);
        continue;
      }
      const contact = parseNameAddress(text);
      const wanted = contact?.parameters.get('expires') ?? headerExpires ?? '600';
      if (
        contact === undefined ||
        parseSipUri(contact.uri) === undefined ||
        /\s/.test(contact.uri) ||
        contact.uri.length > 512 ||
        !/^\d{1,10}$/.test(wanted)
      )
        return reply(400);
      const seconds = Math.min(Number(wanted), MAX_EXPIRES);
      if (seconds === 0) this.registrar.unregister(who.account, connection);
      else if (seconds < MIN_EXPIRES) return reply(423, [['Min-Expires', String(MIN_EXPIRES)]]);
      else registered = { uri: contact.uri, seconds };
    }
    if (registered !== undefined) this.registrar.register(who.account, registered.uri, connection, registered.seconds);
    const current = this.registrar.find(who.account);
    const binding: HeaderLine[] =
      current === undefined
        ? []
        : [
            [
              'Contact',
              `<${current.contact}>;expires=${Math.max(0, Math.round((current.expiresAt - Date.now()) / 1000))}`,
            ],
          ];
    reply(200, [...binding, ALLOW, SUPPORTED, ['Date', new Date().toUTCString()]]);
  }

  #invite(request: SipRequest, connection: SipConnection): void {
    const { headers, body } = request;
    const reply = (status: number, extra: readonly HeaderLine[] = []) =>
      connection.respond(headers, status, { headers: extra });
    const who = this.#authentication.check(request, connection);
    if ('status' in who) return reply(who.status, who.headers);
    // The same INVITE once more: the first one is being dealt with.
    if (connection.pendingInvites.has(topBranch(headers.get('via') as string) ?? '')) return;
    const unsupported = headers.list('require').filter((option) => option.toLowerCase() !== 'timer');
    if (unsupported.length > 0) return reply(420, [['Unsupported', unsupported.join(', ')]]);
    if (remoteParty('from', headers) === undefined) return reply(400);
    const dialled = parseSipUri(request.uri)?.user ?? '';
    if (!/^[+0-9A-Za-z*#._-]{1,64}$/.test(dialled)) return reply(404);
    if (answerSessionTimer(headers) === 'too-small') return reply(422, [tooSmall]);
    if (body === '' || !(headers.get('content-type') ?? '').toLowerCase().startsWith('application/sdp'))
      return reply(488);
    const admission = this.#handlers.admit(who.account);
    if (admission !== 'admitted') return reply(admission);
    const { handlers, begin } = this.#handlers.incoming({ account: who.account, dialled, offer: body });
    begin(IncomingCall.accept(this.#context, connection, who.account, request, handlers));
  }
}

function refuse(socket: Duplex, status: string, text = ''): void {
  socket.end(
    `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
  );
}
