import { Field } from '../../ui/field.tsx';
import { t } from '../../words.ts';

/** Somebody who comes along, as far as their name was typed. */
export interface GuestNamed {
  fullName: string;
  email: string;
}

interface Props {
  /** The number of guests besides the person who books. */
  count: number;
  guests: readonly GuestNamed[];
  onChange: (guests: GuestNamed[]) => void;
  problemOf: (field: string) => string | undefined;
}

const NOBODY: GuestNamed = { fullName: '', email: '' };

/** Names for the tickets after the first. They may stay empty: who booked then has them all. */
export const GuestFields = ({ count, guests, onChange, problemOf }: Props) => {
  const shown = Array.from({ length: count }, (_, index) => guests[index] ?? NOBODY);
  const change = (index: number, part: Partial<GuestNamed>): void =>
    onChange(shown.map((guest, each) => (each === index ? { ...guest, ...part } : guest)));
  return (
    <details class="more-choices">
      <summary>{t('Say who comes with you')}</summary>
      <p>
        <small>{t('You may leave this empty. A guest with an address gets their ticket by mail.')}</small>
      </p>
      {shown.map((guest, index) => (
        <fieldset key={index} class="field-pair">
          <legend>{t('Ticket {number}', { number: index + 2 })}</legend>
          <Field
            label={t('Name')}
            value={guest.fullName}
            maxLength={120}
            autocomplete="off"
            problem={problemOf(`guests.${index}.fullName`)}
            onInput={(fullName) => change(index, { fullName })}
          />
          <Field
            label={t('Email')}
            type="email"
            value={guest.email}
            maxLength={254}
            autocomplete="off"
            problem={problemOf(`guests.${index}.email`)}
            onInput={(email) => change(index, { email })}
          />
        </fieldset>
      ))}
    </details>
  );
};

/** The guests as an order takes them: from the first named to the last, nobody in between left out. */
export const guestsOf = (guests: readonly GuestNamed[], count: number, unnamed: string) => {
  const named = guests.slice(0, count);
  const last = named.findLastIndex(({ fullName, email }) => fullName.trim() !== '' || email.trim() !== '');
  return named.slice(0, last + 1).map(({ fullName, email }) => ({
    fullName: fullName.trim() || unnamed,
    ...(email.trim() === '' ? {} : { email: email.trim() }),
  }));
};
