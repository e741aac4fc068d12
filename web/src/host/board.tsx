import { plural, t } from '../words.ts';
import './host.css';
import { useEffect, useMemo } from 'preact/hooks';
import type { Output } from '../../../src/sdk/index.ts';
import { client } from '../client.ts';
import { lookOf } from '../outcome-words.ts';
import { status } from '../state/session.ts';
import { useSubmit } from '../ui/use-submit.ts';
import { Arrivals } from './arrivals.tsx';
import { attendanceCsv } from './attendance-csv.ts';
import { type Board as BoardData, followBoard } from './board-state.ts';

const CHIPS = { good: 'good', bad: 'bad', look: 'warm' } as const;
const RECENT_MINUTES = 5;

/** An event's doors, live. */
export const Board = ({ eventId }: { eventId: string }) => {
  const { board, problem, stop } = useMemo(() => followBoard(eventId), [eventId]);
  useEffect(() => stop, [stop]);
  const data = board.value;
  if (!data) {
    return (
      <main class="board">
        <p role={problem.value ? 'alert' : 'status'}>{problem.value ?? t('Looking at the doors…')}</p>
      </main>
    );
  }
  return (
    <main class="board">
      <Head data={data} eventId={eventId} problem={problem.value} />
      <Totals data={data} />
      <section class="card wide">
        <h2>{t('Arrivals in the last hour')}</h2>
        <Arrivals perMinute={data.perMinute} />
      </section>
      <Counted
        title={t('Kinds of tickets')}
        rows={data.types.map(({ ticketTypeId, name, admitted, expected }) => ({
          key: ticketTypeId ?? name,
          name,
          admitted,
          expected,
        }))}
      />
      <Counted title={t('Entrances')} rows={data.lists.map((each) => ({ ...each, key: each.listId }))} />
      <Counted
        title={t('Gates')}
        rows={data.gates.map(({ gate, ...each }) => ({
          ...each,
          key: gate ?? '',
          name: gate ?? t('No gate named'),
          at: each.lastScanAt,
        }))}
      />
      <Devices data={data} />
      <LastScans data={data} />
    </main>
  );
};

const timeIn = (timeZone: string, at: string): string =>
  new Date(at).toLocaleTimeString([], { timeZone, hour: '2-digit', minute: '2-digit', second: '2-digit' });

const Head = ({ data, eventId, problem }: { data: BoardData; eventId: string; problem: string | null }) => {
  const { busy, problem: failed, submit } = useSubmit();
  const isUpToDate = status.value.phase === 'online' && problem === null;
  const begins = new Date(data.startDate).toLocaleString([], {
    ...{ timeZone: data.timeZone, dateStyle: 'full', timeStyle: 'short' },
  });
  return (
    <header class="wide">
      <div>
        <p>
          <small>
            {data.title} · {begins}
          </small>
        </p>
        <h1>{t('The door, live')}</h1>
      </div>
      <div class="actions">
        <span class={`chip ${isUpToDate ? 'good' : 'warm'}`} role="status">
          {isUpToDate ? t('● Up to date') : t('○ Not connected')}
        </span>
        <a class="quiet" href={`/host/events/${eventId}/desk`}>
          {t('The desk')}
        </a>
        <button type="button" class="quiet" onClick={() => print()}>
          {t('Print')}
        </button>
        <button type="button" class="quiet" disabled={busy} onClick={() => void submit(() => saveAttendance(eventId))}>
          {busy ? t('Collecting…') : t('Attendance list')}
        </button>
      </div>
      <p class="form-problem" role="alert">
        {failed ?? problem}
      </p>
    </header>
  );
};

/** Saves who came as a CSV file. @throws RallyError */
const saveAttendance = async (eventId: string): Promise<void> => {
  const all: Output<'checkin.attendees'>['items'] = [];
  let cursor: string | null = null;
  do {
    const page: Output<'checkin.attendees'> = await client.call('checkin.attendees', {
      ...{ eventId, limit: 500 },
      ...(cursor === null ? {} : { cursor }),
    });
    all.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([attendanceCsv(all)], { type: 'text/csv' }));
  link.download = `attendance-${eventId}.csv`;
  link.click();
  URL.revokeObjectURL(link.href);
};

const Totals = ({ data }: { data: BoardData }) => {
  const recent = data.perMinute.slice(-RECENT_MINUTES).reduce((sum, each) => sum + each, 0) / RECENT_MINUTES;
  return (
    <>
      <Total label={t('Inside now')} value={data.inside} name="inside">
        <small>{plural(data.admitted, '{count} came in so far', '{count} came in so far')}</small>
      </Total>
      <Total label={t('Came')} value={data.admitted} name="admitted">
        <progress max={Math.max(1, data.expected)} value={data.admitted} aria-label={t('Came, of all expected')} />
        <small>
          {t('of those expected:')} <span data-total="expected">{data.expected}</span>
        </small>
      </Total>
      <Total label={t('A minute')} value={Math.round(recent * 10) / 10} name="rate">
        <small>{t('on average of the last {count} minutes', { count: RECENT_MINUTES })}</small>
      </Total>
      <Total label={t('To look at')} value={data.conflicts} name="conflicts">
        <small>
          {data.conflicts === 0 ? t('Nobody was let in twice') : t('let in twice, by doors that were apart')}
        </small>
      </Total>
    </>
  );
};

interface TotalProps {
  label: string;
  value: number;
  name: string;
  children: preact.ComponentChildren;
}

const Total = ({ label, value, name, children }: TotalProps) => (
  <section class="card total">
    <h2>{label}</h2>
    <b class="num" data-total={name}>
      {value}
    </b>
    {children}
  </section>
);

interface CountedRow {
  key: string;
  name: string;
  admitted: number;
  expected?: number;
}

const Counted = ({ title, rows }: { title: string; rows: readonly CountedRow[] }) => (
  <section class="card">
    <h2>{title}</h2>
    {rows.length === 0 && <p>{t('Nothing yet.')}</p>}
    <ul class="rows">
      {rows.map(({ key, name, admitted, expected }) => (
        <li key={key}>
          <span>{name}</span>
          <b class="num">
            {admitted}
            {expected !== undefined && <small> {t('of {count}', { count: expected })}</small>}
          </b>
        </li>
      ))}
    </ul>
  </section>
);

const Devices = ({ data }: { data: BoardData }) => (
  <section class="card">
    <h2>{t('Devices')}</h2>
    {data.devices.length === 0 && <p>{t('No device has scanned yet.')}</p>}
    <ul class="rows">
      {data.devices.map(({ deviceId, name, admitted, lastSeenAt, missing, epochsBehind }) => (
        <li key={deviceId}>
          <span>
            {name ?? deviceId} {!!missing && <span class="chip warm">{t('{count} missing', { count: missing })}</span>}{' '}
            {!!epochsBehind && <span class="chip warm">{t('old list')}</span>}
            <br />
            <small>{t('seen at {time}', { time: timeIn(data.timeZone, lastSeenAt) })}</small>
          </span>
          <b class="num">{admitted}</b>
        </li>
      ))}
    </ul>
  </section>
);

const LastScans = ({ data }: { data: BoardData }) => {
  const deviceName = (id: string | null): string =>
    data.devices.find(({ deviceId }) => deviceId === id)?.name ?? id ?? '';
  return (
    <section class="card wide">
      <h2>{t('Last through the door')}</h2>
      {data.lastScans.length === 0 && <p>{t('Nobody yet. The first scan shows here at once.')}</p>}
      <ul class="rows scans">
        {data.lastScans.map(({ scanId, scannedAt, name, ticketType, outcome, gate, deviceId, isOffline, isVoided }) => {
          const { tone, word } = lookOf(isVoided ? 'UNDONE' : outcome);
          return (
            <li key={scanId}>
              <span class="num">{timeIn(data.timeZone, scannedAt)}</span>
              <span>
                <b>{name ?? t('Unknown')}</b> <small>{ticketType}</small>
              </span>
              <small>
                {[gate, deviceName(deviceId), isOffline ? t('without network') : ''].filter(Boolean).join(' · ')}
              </small>
              <span class={`chip ${CHIPS[tone]}`}>{word}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
};
