import { useEffect, useState } from 'preact/hooks';
import type { Output } from '../../../src/sdk/index.ts';
import { client } from '../client.ts';
import { fullName } from '../format.ts';
import { t } from '../words.ts';
import { Avatar } from './avatar.tsx';
import { Field } from './field.tsx';

export type Found = Output<'profile.find'>['items'][number];

interface Props {
  chosen: readonly Found[];
  onChange: (chosen: Found[]) => void;
  /** Who cannot be chosen. */
  except: readonly string[];
}

const PAUSE_MS = 200;

/** Finds people by the beginning of their username, to choose some. */
export const PeopleSearch = ({ chosen, onChange, except }: Props) => {
  const [words, setWords] = useState('');
  const found = useFound(words);
  const toggle = (person: Found): void => {
    const others = chosen.filter(({ id }) => id !== person.id);
    onChange(others.length < chosen.length ? others : [...chosen, person]);
  };
  const isChosen = ({ id }: Found): boolean => chosen.some((each) => each.id === id);
  const shown = [...chosen, ...(found ?? []).filter((person) => !isChosen(person) && !except.includes(person.id))];
  return (
    <div class="people-search">
      <Field label={t('Search by username')} type="search" autocomplete="off" value={words} onInput={setWords} />
      <ul class="people">
        {shown.map((person) => (
          <li key={person.id}>
            <button type="button" class="person" aria-pressed={isChosen(person)} onClick={() => toggle(person)}>
              <Avatar id={person.id} name={fullName(person)} size="small" />
              <span>
                {fullName(person)} <small>@{person.username}</small>
              </span>
              <span class="person-mark" aria-hidden="true" />
            </button>
          </li>
        ))}
      </ul>
      <p class="people-hint" role="status">
        {found?.length === 0 && t('Nobody’s username begins like this.')}
      </p>
    </div>
  );
};

/** Null until something was searched for. */
const useFound = (words: string): Found[] | null => {
  const [found, setFound] = useState<Found[] | null>(null);
  const username = words.trim().toLowerCase().replace(/^@/, '');
  useEffect(() => {
    if (username === '') {
      setFound(null);
      return undefined;
    }
    let isCurrent = true;
    const timer = setTimeout(async () => {
      // Letters no username can have are refused, and find nobody.
      const page = await client.call('profile.find', { username }).catch(() => ({ items: [] }));
      if (isCurrent) setFound(page.items);
    }, PAUSE_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [username]);
  return found;
};
