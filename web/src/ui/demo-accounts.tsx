import { signIn } from '../state/session.ts';
import { t } from '../words.ts';
import { Avatar } from './avatar.tsx';
import { useSubmit } from './use-submit.ts';

/** The people a fresh installation knows. No secret: `npm start` prints the same lines. */
const DEMO_PEOPLE = ['Ada Lovelace', 'Grace Hopper', 'Linus Torvalds', 'Margaret Hamilton'];
const DEMO_PASSWORD = 'rally-demo';

/** Only somebody's own machine is tried out like this. */
const isTrial = ['localhost', '127.0.0.1', '[::1]'].includes(location.hostname);

/** One click to be one of the demo people, on one's own machine. */
export const DemoAccounts = () => {
  const { busy, problem, submit } = useSubmit();
  if (!isTrial) return null;
  const emailOf = (name: string): string => `${name.split(' ')[0]?.toLowerCase()}@rally.example`;
  return (
    <section class="demo" aria-labelledby="demo-title">
      <h2 id="demo-title">{t('Just trying it out?')}</h2>
      <p>{t('Be one of the demo people. Open a second window and be another.')}</p>
      <p class="form-problem" role="alert">
        {problem && t('There are no demo accounts here: register instead.')}
      </p>
      <ul>
        {DEMO_PEOPLE.map((name) => (
          <li key={name}>
            <button
              type="button"
              disabled={busy}
              onClick={() => void submit(() => signIn({ email: emailOf(name), password: DEMO_PASSWORD }, false))}
            >
              <Avatar id={name} name={name} size="small" />
              {name}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
};
