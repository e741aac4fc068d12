import { useEffect, useState } from 'preact/hooks';
import type { Output } from '../../../src/sdk/index.ts';
import { client } from '../client.ts';
import { phase } from '../state/session.ts';
import { SignInForm } from '../ui/sign-in-form.tsx';
import { useSubmit } from '../ui/use-submit.ts';
import { standAsDevice, standAsPerson } from './life.ts';
import { Sources } from './sources.tsx';

type EventItem = Output<'event.list'>['items'][number];
type ListItem = Output<'checkInList.list'>['items'][number];

/** The token of an invitation: of its address, or as it was typed. */
const tokenIn = (text: string): string => /#token=([^&\s]+)/.exec(text)?.[1] ?? text.trim();

/** Two ways to a door: an invitation for this device, or one's own session. */
export const WayIn = () => (
  <main class="way-in">
    <header>
      <img src="/icon.svg" alt="" width="48" height="48" />
      <h1>Door scanner</h1>
      <p>It works on when the network does not.</p>
    </header>
    <Invitation />
    <section class="card" aria-labelledby="team-title">
      <h2 id="team-title">You are on the team</h2>
      {phase.value === 'in' ? <ChooseDoor /> : <SignInForm />}
    </section>
  </main>
);

const Invitation = () => {
  const { busy, problem, submit } = useSubmit();
  const [unsupported, setUnsupported] = useState(false);
  const useToken = async (text: string): Promise<void> => {
    try {
      await submit(() => standAsDevice(tokenIn(text)));
    } catch {
      // Not the server's word: the browser could not make the key.
      setUnsupported(true);
    }
  };
  useEffect(() => {
    if (!location.hash.startsWith('#token=')) return;
    const { hash } = location;
    // The token is good once, and nobody should find it in the address bar.
    history.replaceState(null, '', location.pathname);
    void useToken(hash);
  }, []);
  return (
    <section class="card" aria-labelledby="invited-title">
      <h2 id="invited-title">This device was invited</h2>
      <p>Show the invitation’s QR code to the camera, or paste its text.</p>
      <p class="form-problem" role="alert">
        {unsupported
          ? 'This browser cannot make a key of its own (Ed25519). Use a newer browser, or sign in below.'
          : problem}
      </p>
      {busy ? <p role="status">Enrolling…</p> : <Sources onText={useToken} label="Paste an invitation" />}
    </section>
  );
};

const ChooseDoor = () => {
  const [events, setEvents] = useState<readonly EventItem[] | null>(null);
  const [event, setEvent] = useState<EventItem | null>(null);
  const { problem, submit } = useSubmit();
  useEffect(() => {
    void submit(async () => setEvents((await client.call('event.list', {})).items));
  }, []);
  if (event) return <ChooseList event={event} back={() => setEvent(null)} />;
  return (
    <>
      <p class="form-problem" role="alert">
        {problem}
      </p>
      {events === null && !problem && <p role="status">Looking for your events…</p>}
      {events?.length === 0 && <p>You are on no event’s team yet. Its host can invite you.</p>}
      <ul class="choices">
        {events?.map((each) => (
          <li key={each.id}>
            <button type="button" onClick={() => setEvent(each)}>
              <span>{each.title}</span>{' '}
              <small>{new Date(each.startDate).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' })}</small>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
};

const ChooseList = ({ event, back }: { event: EventItem; back: () => void }) => {
  const [lists, setLists] = useState<readonly ListItem[]>([]);
  const [mayUndo, setMayUndo] = useState(false);
  const { busy, problem, submit } = useSubmit();
  useEffect(() => {
    void submit(async () => {
      const { myRole } = await client.call('event.get', { eventId: event.id });
      setMayUndo(myRole !== null && myRole !== 'DOOR_STAFF');
      setLists((await client.call('checkInList.list', { eventId: event.id })).items);
    });
  }, [event.id]);
  const onSubmit = (submitted: SubmitEvent): void => {
    submitted.preventDefault();
    const form = new FormData(submitted.currentTarget as HTMLFormElement);
    const listId = String(form.get('listId') ?? '') || null;
    const gate = String(form.get('gate')).trim() || null;
    void submit(() => standAsPerson({ eventId: event.id, listId, gate, mayUndo }));
  };
  return (
    <form onSubmit={onSubmit}>
      <h3>{event.title}</h3>
      <p class="form-problem" role="alert">
        {problem}
      </p>
      <div class="field">
        <label for="list">Entrance</label>
        <select id="list" name="listId">
          {lists.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <div class="field">
        <label for="gate">Gate, if there are several</label>
        <input id="gate" name="gate" maxLength={40} autocomplete="off" />
      </div>
      <button type="submit" class="primary wide" disabled={busy}>
        Start scanning
      </button>
      <button type="button" class="link" onClick={back}>
        Another event
      </button>
    </form>
  );
};
