import fc from 'fast-check';
import { expect, test } from 'vitest';
import { weaknessOf } from '../../../../src/domains/identity/account/password-rules.ts';
import { DEMO_PASSWORD } from '../../../../src/seed/people.ts';

const owner = { email: 'grace.hopper@navy.example', username: 'nanosecond', firstName: 'Grace', lastName: 'Hopper' };

test.each([
  ['password', /commonest/],
  ['PassWord', /commonest/],
  ['Password2026!', /commonest/],
  ['iloveyou', /commonest/],
  ['ｐａｓｓｗｏｒｄ', /commonest/],
  ['12345678', /commonest/],
  ['qwertyuiop', /commonest/],
  ['nanosecond', /own name/],
  ['Nanosecond99', /own name/],
  ['GraceHopper', /own name/],
  ['hopper grace', /own name/],
  ['grace.hopper', /own name/],
  ['grace.hopper@navy.example', /own name/],
])('%s is refused', (password, reason) => {
  expect(weaknessOf(password, owner)).toMatch(reason);
});

test.each([
  DEMO_PASSWORD,
  'correct horse battery',
  'long enough',
  '🔑🔑🔑🔑🔑🔑🔑🔑',
  'nanoseconds in a row',
  'Amazing Grace!',
])('%s passes', (password) => {
  expect(weaknessOf(password, owner)).toBeNull();
});

test('whatever people are called, their name with anything behind it that is no letter is refused', () => {
  const letters = fc.string({
    unit: fc.constantFrom(...'abcdefgåßçñжλ') as fc.Arbitrary<string>,
    minLength: 4,
    maxLength: 12,
  });
  const tail = fc.string({ unit: fc.constantFrom(...'0123456789!?.-_ ') as fc.Arbitrary<string>, maxLength: 6 });
  fc.assert(
    fc.property(letters, letters, tail, fc.boolean(), (firstName, lastName, behind, isLoud) => {
      const password = `${firstName}${lastName}${behind}`;
      const said = isLoud ? password.toUpperCase() : password;
      // Upper and lower case of some letters are not one to one; those are different passwords.
      fc.pre(said.toLowerCase() === password.toLowerCase());
      expect(weaknessOf(said, { ...owner, firstName, lastName })).toMatch(/own name/);
    }),
  );
});
