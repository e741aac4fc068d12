import { useEffect } from 'preact/hooks';
import { goTo, nextAddress } from '../state/address.ts';

/** Leads who has just signed in, or is signed in already, to where they wanted to go. */
export const GoOn = () => {
  useEffect(() => goTo(nextAddress(location.search)), []);
  return null;
};
