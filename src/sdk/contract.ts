/**
 * All contracts in one place, for their types and for documents. A client imports types alone from here: what it needs of an
 * operation at run time stands in `operation-table.ts`, which weighs a thirtieth.
 */
import type { z } from 'zod';
import * as faq from '../domains/admin/faq/contract.ts';
import * as booking from '../domains/events/booking/contract.ts';
import * as cancellationPolicy from '../domains/events/cancellation-policy/contract.ts';
import * as category from '../domains/events/category/contract.ts';
import * as checkInList from '../domains/events/check-in-list/contract.ts';
import * as checkin from '../domains/events/checkin/contract.ts';
import * as door from '../domains/events/door/contract.ts';
import * as event from '../domains/events/event/contract.ts';
import * as eventPublic from '../domains/events/event/public/contract.ts';
import * as eventSearch from '../domains/events/event/search/contract.ts';
import * as eventSeries from '../domains/events/event-series/contract.ts';
import * as eventUpdate from '../domains/events/event-update/contract.ts';
import * as guest from '../domains/events/guest/contract.ts';
import * as host from '../domains/events/host/contract.ts';
import * as promoCode from '../domains/events/promo-code/contract.ts';
import * as sales from '../domains/events/sales/contract.ts';
import * as savedEvent from '../domains/events/saved-event/contract.ts';
import * as scanner from '../domains/events/scanner/contract.ts';
import * as ticket from '../domains/events/ticket/contract.ts';
import * as ticketType from '../domains/events/ticket-type/contract.ts';
import * as waitlist from '../domains/events/waitlist/contract.ts';
import * as account from '../domains/identity/account/contract.ts';
import * as block from '../domains/identity/block/contract.ts';
import * as profile from '../domains/identity/profile/contract.ts';
import * as session from '../domains/identity/session/contract.ts';
import * as testAccount from '../domains/identity/test-account/contract.ts';
import * as userRoom from '../domains/identity/user-room/contract.ts';
import * as verification from '../domains/identity/verification/contract.ts';
import * as live from '../domains/live/live/contract.ts';
import * as liveSignals from '../domains/live/live/signals/contract.ts';
import * as poll from '../domains/live/poll/contract.ts';
import * as question from '../domains/live/question/contract.ts';
import * as media from '../domains/media/media/contract.ts';
import * as device from '../domains/notifications/device/contract.ts';
import * as notification from '../domains/notifications/notification/contract.ts';
import * as preference from '../domains/notifications/preference/contract.ts';
import * as billing from '../domains/payments/billing/contract.ts';
import * as commission from '../domains/payments/commission/contract.ts';
import * as dispute from '../domains/payments/dispute/contract.ts';
import * as invoice from '../domains/payments/invoice/contract.ts';
import * as ledger from '../domains/payments/ledger/contract.ts';
import * as payment from '../domains/payments/payment/contract.ts';
import * as payout from '../domains/payments/payout/contract.ts';
import * as payoutAccount from '../domains/payments/payout-account/contract.ts';
import * as reconciliation from '../domains/payments/reconciliation/contract.ts';
import * as refund from '../domains/payments/refund/contract.ts';
import * as sandbox from '../domains/payments/sandbox/contract.ts';
import * as subscription from '../domains/payments/subscription/contract.ts';
import * as subscriptionPlan from '../domains/payments/subscription-plan/contract.ts';
import * as taxRate from '../domains/payments/tax-rate/contract.ts';
import * as wallet from '../domains/payments/wallet/contract.ts';
import * as webhook from '../domains/payments/webhook/contract.ts';
import * as chat from '../domains/social/chat/contract.ts';
import * as chatJoining from '../domains/social/chat/joining/contract.ts';
import * as chatLooking from '../domains/social/chat/looking/contract.ts';
import * as chatPins from '../domains/social/chat/pins/contract.ts';
import * as chatSearch from '../domains/social/chat/search/contract.ts';
import * as chatSettings from '../domains/social/chat/settings/contract.ts';
import * as chatSignals from '../domains/social/chat/signals/contract.ts';
import * as post from '../domains/social/post/contract.ts';
import * as presence from '../domains/social/presence/contract.ts';
import type { OperationContract, RoomContract, SignalContract } from '../kernel/contract.ts';
import * as room from '../realtime/room/contract.ts';
import * as connection from '../realtime/session/contract.ts';
import type { Position } from './gate.ts';

/** One line a topic: the types below, the table of operations, and the API documents come from here. */
export const topics = {
  ...{ media },
  ...{ account, profile, block, session, verification, testAccount, userRoom },
  ...{
    chat,
    chatSignals,
    chatSearch,
    chatSettings,
    chatPins,
    chatLooking,
    chatJoining,
    presence,
    post,
    eventSearch,
    eventPublic,
    faq,
  },
  ...{ event, eventSeries, ticketType, host, eventUpdate, category, savedEvent, cancellationPolicy },
  ...{ booking, guest, sales, ticket, waitlist, promoCode },
  ...{ checkInList, scanner, checkin, door },
  ...{ live, liveSignals, poll, question },
  ...{ payment, refund, dispute, reconciliation, webhook, sandbox },
  ...{ payoutAccount, payout, subscriptionPlan, subscription },
  ...{ ledger, wallet, invoice, billing, commission, taxRate },
  ...{ notification, preference, device },
  ...{ room, connection },
};

type ValueOf<T> = T[keyof T];
type Exported = ValueOf<{ [T in keyof typeof topics]: ValueOf<(typeof topics)[T]> }>;
type AnyOperation = Extract<Exported, Pick<OperationContract, 'name' | 'durability'>>;
type AnySignal = Extract<Exported, Pick<SignalContract, 'name' | 'data'>>;
type RoomSignal = Extract<AnySignal, { room: RoomContract }>;

/** Operations by name. */
export type Operations = { [C in AnyOperation as C['name']]: C };
export type OperationName = keyof Operations;
/** What the caller gives: fields with a default may be left out. */
export type Input<N extends OperationName> = z.input<Operations[N]['input']>;
/** What the caller gets. */
export type Output<N extends OperationName> = z.output<Operations[N]['output']>;

type EphemeralSignals = { [S in Exclude<AnySignal, RoomSignal> as S['name']]: S };
/** Signals that are told to sockets directly, not through a room's log. */
export type SignalName = keyof EphemeralSignals;
export type SignalData<N extends SignalName> = z.output<EphemeralSignals[N]['data']>;

type RoomSignals = { [S in RoomSignal as S['name']]: S };

/** One entry of a room's log; `signal` says what `data` is. */
export type Entry<N extends keyof RoomSignals = keyof RoomSignals> = {
  [S in N]: {
    /** Consecutive within the room's epoch. */
    seq: number;
    signal: S;
    /** ISO 8601, from the log's own clock. */
    at: string;
    /** The user who caused it; absent when the server did. */
    by?: string;
    /** Counts what unread counts; absent for entries that do not count. */
    ordinal?: number;
    data: z.output<RoomSignals[S]['data']>;
  };
}[N];

type SignalsOfKind<K extends string> = {
  [S in RoomSignal as S['room']['name'] extends `${K}:{${string}}` ? S['name'] : never]: S;
};

/** What a room's log holds, by its kind. A user's own room may also repeat what other rooms say. */
export type EntryOf<R extends string> = R extends `user:${string}`
  ? Entry
  : R extends `${infer K}:${string}`
    ? Entry<keyof SignalsOfKind<K> & keyof RoomSignals>
    : Entry;

/** Names of rooms: a kind, a colon and an id. */
export type RoomName = `${string}:${string}`;

/** A message as `chat.history` gives it. */
export type Message = Output<'chat.history'>['items'][number];
export type Person = Output<'chat.history'>['people'][number];
/** The answer of `chat.send`. */
export type Receipt = Output<'chat.send'> & Position;

/** What the client itself must know of an operation. */
export type OperationFacts = Pick<OperationContract, 'name' | 'access' | 'durability' | 'http' | 'inOrderOf'>;
