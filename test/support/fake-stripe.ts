import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Stripe from 'stripe';

/** A thing as Stripe shows it: whatever fields it has. */
export type Thing = Record<string, unknown> & { id: string };

/**
 * A server that speaks the parts of Stripe's API we use, by the rules that matter: idempotency keys, amounts that
 * run out, payment intents that are over. It keeps its things in memory, as Stripe does elsewhere.
 */
export interface FakeStripe {
  port: number;
  /** All things of a kind, `payment_intents`. */
  all: (kind: string) => Thing[];
  /** Every call that came, as `POST /v1/refunds`, also those that were not answered. */
  calls: string[];
  /**
   * The next call to this line takes effect and is answered only when the result is released.
   * @returns resolves when the call has come, with how to let it go
   */
  holdNext: (line: string) => Promise<() => void>;
  /** The next calls to this line, as many as `times`, are cut off: before they took effect, or after. */
  cutNext: (line: string, when: 'before' | 'after', times: number) => void;
  /** The payer pays. */
  succeed: (intentId: string) => Thing;
  fail: (intentId: string, code: string) => Thing;
  close: () => Promise<void>;
}

interface Reply {
  status: number;
  body: unknown;
}

interface Book {
  things: Map<string, Map<string, Thing>>;
  kept: Map<string, { fingerprint: string; reply: Reply }>;
  count: number;
}

export const WEBHOOK_SECRET = 'whsec_of_the_tests';

/** A webhook of Stripe, with Stripe's own signature. */
export const stripeWebhook = (
  type: string,
  object: object,
  { id, at = new Date() }: { id?: string; at?: Date } = {},
) => {
  const body = JSON.stringify({
    id: id ?? `evt_${Math.random().toString(36).slice(2)}`,
    object: 'event',
    api_version: '2026-10-28.endive',
    type,
    data: { object },
  });
  const timestamp = Math.floor(at.getTime() / 1_000);
  const stripe = new Stripe('sk_test_unused', { telemetry: false });
  const signature = stripe.webhooks.generateTestHeaderString({ payload: body, secret: WEBHOOK_SECRET, timestamp });
  return { headers: { 'stripe-signature': signature }, body };
};

export const openFakeStripe = async (): Promise<FakeStripe> => {
  const book: Book = { things: new Map(), kept: new Map(), count: 0 };
  const calls: string[] = [];
  const holds = new Map<string, (release: () => void) => void>();
  const cuts = new Map<string, ('before' | 'after')[]>();
  const server = createServer(async (request, response) => {
    const text = await bodyOf(request);
    const url = new URL(request.url ?? '', 'http://stripe.test');
    const line = `${request.method} ${url.pathname.replace(/\/(?:pi|re|tr|dp)_\w+/, '/{id}')}`;
    calls.push(line);
    const cut = cuts.get(line)?.shift();
    if (cut === 'before') {
      request.socket.destroy();
      return;
    }
    const reply = answer(book, { request, url, fields: new URLSearchParams(text) });
    if (cut === 'after') {
      request.socket.destroy();
      return;
    }
    const held = holds.get(line);
    holds.delete(line);
    if (held) await new Promise<void>((release) => held(release));
    send(response, reply);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const intent = (id: string, change: object): Thing => {
    const thing = { ...thingOf(book, 'payment_intents', id), ...change } as Thing;
    kindOf(book, 'payment_intents').set(id, thing);
    return thing;
  };
  return {
    port: (server.address() as AddressInfo).port,
    all: (kind) => [...kindOf(book, kind).values()],
    calls,
    holdNext: (line) => new Promise((come) => holds.set(line, come)),
    cutNext: (line, when, times) =>
      void cuts.set(
        line,
        Array.from({ length: times }, () => when),
      ),
    succeed: (id) => {
      const { amount, currency } = thingOf(book, 'payment_intents', id) as Thing & { amount: number; currency: string };
      const created = Math.floor(Date.now() / 1_000);
      const charge = `ch_${id}`;
      const source = { id: charge, object: 'charge', payment_intent: id };
      const fee = Math.floor(amount / 50);
      const line = {
        id: `txn_${id}`,
        object: 'balance_transaction',
        type: 'charge',
        amount,
        currency,
        fee,
        created,
        source,
      };
      kindOf(book, 'balance_transactions').set(line.id, line);
      return intent(id, { status: 'succeeded', amount_received: amount, latest_charge: charge });
    },
    fail: (id, code) => intent(id, { status: 'requires_payment_method', last_payment_error: { code } }),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
};

const send = (response: ServerResponse, { status, body }: Reply): void => {
  response.writeHead(status, { 'content-type': 'application/json', 'request-id': 'req_test' });
  response.end(JSON.stringify(body));
};

const kindOf = ({ things }: Book, kind: string): Map<string, Thing> => {
  const known = things.get(kind) ?? new Map<string, Thing>();
  things.set(kind, known);
  return known;
};

const thingOf = (book: Book, kind: string, id: string): Thing | undefined => kindOf(book, kind).get(id);

const refusal = (status: number, error: object): Reply => ({ status, body: { error } });
const list = (data: Thing[]): Reply => ({ status: 200, body: { object: 'list', has_more: false, data } });

interface Asked {
  request: IncomingMessage;
  url: URL;
  fields: URLSearchParams;
}

/** A call under a key that was used before is answered as it was then, or refused when it asks for something else. */
const answer = (book: Book, asked: Asked): Reply => {
  const key = asked.request.headers['idempotency-key'];
  if (asked.request.method !== 'POST' || typeof key !== 'string') return serve(book, asked);
  const fingerprint = `${asked.url.pathname}?${asked.fields}`;
  const kept = book.kept.get(key);
  if (kept && kept.fingerprint !== fingerprint) {
    return refusal(400, { type: 'idempotency_error', message: 'Keys can only be used with the same parameters.' });
  }
  const reply = kept?.reply ?? serve(book, asked);
  book.kept.set(key, { fingerprint, reply });
  return reply;
};

const serve = (book: Book, asked: Asked): Reply => {
  const [, , kind = '', id, verb] = asked.url.pathname.split('/');
  if (asked.request.method === 'POST' && id === undefined) return create(book, kind, asked.fields);
  if (id === undefined) return list(find(book, kind, asked.url.searchParams));
  const thing = thingOf(book, kind, id);
  if (!thing)
    return refusal(404, { type: 'invalid_request_error', code: 'resource_missing', message: `No such ${id}` });
  if (asked.request.method === 'GET') return { status: 200, body: expanded(book, thing, asked.url.searchParams) };
  if (kind === 'payment_intents' && verb === 'cancel') return cancel(book, thing);
  const changed = { ...thing, ...nested(asked.fields) };
  kindOf(book, kind).set(id, changed);
  return { status: 200, body: changed };
};

const cancel = (book: Book, thing: Thing): Reply => {
  if (thing.status === 'succeeded' || thing.status === 'canceled') {
    const code = 'payment_intent_unexpected_state';
    return refusal(400, { type: 'invalid_request_error', code, message: `This intent is ${thing.status}.` });
  }
  const cancelled = { ...thing, status: 'canceled' };
  kindOf(book, 'payment_intents').set(thing.id, cancelled);
  return { status: 200, body: cancelled };
};

const PREFIX: Record<string, string> = { payment_intents: 'pi', refunds: 're', transfers: 'tr' };

const create = (book: Book, kind: string, fields: URLSearchParams): Reply => {
  book.count += 1;
  const id = `${PREFIX[kind]}_${String(book.count).padStart(8, '0')}`;
  const asked = nested(fields);
  const amount = Number(asked.amount);
  if (kind === 'refunds' && amount > leftOf(book, String(asked.payment_intent))) {
    return refusal(400, { type: 'invalid_request_error', code: 'charge_already_refunded', message: 'Too much.' });
  }
  const thing: Thing = {
    ...asked,
    id,
    amount,
    created: Math.floor(Date.now() / 1_000),
    ...FRESH[kind]?.(book, id, asked),
  };
  kindOf(book, kind).set(id, thing);
  return { status: 200, body: thing };
};

const FRESH: Record<string, (book: Book, id: string, asked: Record<string, unknown>) => object> = {
  payment_intents: (_book, id) => ({
    object: 'payment_intent',
    status: 'requires_payment_method',
    amount_received: 0,
    last_payment_error: null,
    latest_charge: null,
    client_secret: `${id}_secret`,
  }),
  refunds: (book, id, asked) => {
    const currency = thingOf(book, 'payment_intents', String(asked.payment_intent))?.currency;
    const source = { id, object: 'refund' };
    const line = {
      id: `txn_${id}`,
      object: 'balance_transaction',
      type: 'refund',
      amount: -Number(asked.amount),
      currency,
    };
    const created = Math.floor(Date.now() / 1_000);
    kindOf(book, 'balance_transactions').set(line.id, { ...line, fee: 0, created, source });
    return { object: 'refund', status: 'succeeded', currency };
  },
  transfers: () => ({ object: 'transfer', reversed: false }),
};

const leftOf = (book: Book, intentId: string): number => {
  const given = [...kindOf(book, 'refunds').values()].filter(({ payment_intent }) => payment_intent === intentId);
  const received = Number(thingOf(book, 'payment_intents', intentId)?.amount_received ?? 0);
  return received - given.reduce((sum, { amount }) => sum + Number(amount), 0);
};

const find = (book: Book, kind: string, query: URLSearchParams): Thing[] => {
  const from = Number(query.get('created[gte]') ?? 0);
  const until = Number(query.get('created[lt]') ?? Number.POSITIVE_INFINITY);
  const fields = ['payment_intent', 'transfer_group'].filter((name) => query.has(name));
  return [...kindOf(book, kind).values()].filter(
    (thing) =>
      fields.every((name) => thing[name] === query.get(name)) &&
      Number(thing.created ?? 0) >= from &&
      Number(thing.created ?? 0) < until,
  );
};

/** `latest_charge.balance_transaction`, where it was asked for. */
const expanded = (book: Book, thing: Thing, query: URLSearchParams): Thing => {
  const asked = [...query].some(([name, value]) => name.startsWith('expand') && value.startsWith('latest_charge'));
  if (!asked || typeof thing.latest_charge !== 'string') return thing;
  const settled = thingOf(book, 'balance_transactions', `txn_${thing.id}`);
  return { ...thing, latest_charge: { id: thing.latest_charge, object: 'charge', balance_transaction: settled } };
};

/** `metadata[paymentId]=x` as `{ metadata: { paymentId: 'x' } }`. */
const nested = (fields: URLSearchParams): Record<string, unknown> => {
  const result: Record<string, unknown> = {};
  for (const [name, value] of fields) {
    const [, outer, inner] = /^(\w+)\[(\w+)\]$/.exec(name) ?? [];
    if (outer === undefined || inner === undefined) result[name] = value;
    else result[outer] = { ...(result[outer] as object | undefined), [inner]: value };
  }
  return result;
};
