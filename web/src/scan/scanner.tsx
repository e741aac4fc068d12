import { useEffect, useRef, useState } from 'preact/hooks';
import { status } from '../state/session.ts';
import { SignInForm } from '../ui/sign-in-form.tsx';
import { bundle, inside, isOnline, kind, list, pending, place, problem, skewMs, verdict } from './door.ts';
import { lineProblem } from './line.ts';
import { scan } from './scan-code.ts';
import { Sources } from './sources.tsx';
import { VerdictScreen } from './verdict-screen.tsx';
import { WipeDialog } from './wipe-dialog.tsx';

const SKEW_WORTH_TELLING_MS = 3_000;

/** A door: it waits for a code, or says what the last one was worth. */
export const Scanner = () => {
  const dialog = useRef<HTMLDialogElement>(null);
  useWakeLock();
  const shown = verdict.value;
  const Title = shown ? 'p' : 'h1';
  const hasSession = place.value?.scannerId !== null || status.value.phase !== 'signedOut';
  return (
    <main class="door">
      <header>
        {/* The verdict is the page's heading while one is shown. */}
        <Title class="title">{[place.value?.gate, list.value?.name].filter(Boolean).join(' · ') || 'Door'}</Title>
        <span role="status">{isOnline.value ? '● Online' : '○ No network'}</span>
      </header>
      {shown && <VerdictScreen shown={shown} />}
      <div class="waiting" hidden={shown !== null}>
        {bundle.value ? <Sources onText={scan} label="Type a code" /> : <p role="status">Fetching the list…</p>}
        {list.value?.mode === 'ENTRY_AND_EXIT' && <Direction />}
        {!hasSession && (
          <details open class="card">
            <summary>You are signed out. Scans are kept here until you sign in again.</summary>
            <SignInForm />
          </details>
        )}
      </div>
      <p class="form-problem" role="alert">
        {lineProblem.value ?? problem.value}
      </p>
      <footer>
        <StatusLine />
        <button type="button" class="pill" onClick={() => dialog.current?.showModal()}>
          Leave
        </button>
      </footer>
      <WipeDialog dialog={dialog} />
    </main>
  );
};

const Direction = () => (
  <fieldset class="direction" aria-label="Which way people go">
    {(['ENTRY', 'EXIT'] as const).map((way) => (
      <button
        key={way}
        type="button"
        aria-pressed={kind.value === way}
        onClick={() => {
          kind.value = way;
        }}
      >
        {way === 'ENTRY' ? 'Coming in' : 'Going out'}
      </button>
    ))}
  </fieldset>
);

const StatusLine = () => {
  const minutes = useMinutesSince(bundle.value?.kept.fetchedAtMs);
  const skew = Math.round(skewMs.value / 1_000);
  return (
    <p class="status-line">
      {inside.value !== null && (
        <span>
          <b>{inside.value}</b> inside
        </span>
      )}
      <span data-pending={pending.value}>
        {pending.value === 0 ? 'Everything is sent' : `${pending.value} ${pending.value === 1 ? 'waits' : 'wait'}`}
      </span>
      {minutes !== null && <span>{minutes < 1 ? 'List is fresh' : `List is ${minutes} min old`}</span>}
      {Math.abs(skewMs.value) > SKEW_WORTH_TELLING_MS && (
        <span>
          Clock {Math.abs(skew)} s {skew > 0 ? 'ahead' : 'behind'}
        </span>
      )}
    </p>
  );
};

const useMinutesSince = (atMs: number | undefined): number | null => {
  const [nowMs, setNowMs] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), 15_000);
    return () => clearInterval(timer);
  }, []);
  return atMs === undefined ? null : Math.max(0, Math.floor((nowMs - atMs) / 60_000));
};

/** A door's screen stays on; the browser lets it go whenever the page is hidden. */
const useWakeLock = (): void =>
  useEffect(() => {
    const hold = (): void => {
      if (document.visibilityState === 'visible') void navigator.wakeLock?.request('screen').catch(() => undefined);
    };
    hold();
    document.addEventListener('visibilitychange', hold);
    return () => document.removeEventListener('visibilitychange', hold);
  }, []);
