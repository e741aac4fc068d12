import { useEffect, useState } from 'preact/hooks';
import { client } from '../../client.ts';
import type { Ticket } from '../../state/kept-tickets.ts';
import { proofAt } from './proof.ts';

/** The text of a ticket's code now: the code itself, and behind it the digits of this half minute. Null without a code. */
export const useShownCode = ({ code, proof }: Pick<Ticket, 'code' | 'proof'>): string | null => {
  const [digits, setDigits] = useState('');
  useEffect(() => {
    // Only pages that came over a safe connection may reckon; a door that asks for the digits then says so.
    if (!proof || !crypto.subtle) return undefined;
    let timer: ReturnType<typeof setTimeout>;
    const periodMs = proof.periodSeconds * 1_000;
    const turn = async (): Promise<void> => {
      const nowMs = client.serverNowMs();
      timer = setTimeout(() => void turn(), periodMs - (nowMs % periodMs));
      setDigits(await proofAt(proof, nowMs));
    };
    void turn();
    return () => clearTimeout(timer);
  }, [proof?.secret]);
  return code === null ? null : code + digits;
};

/** Keeps the screen lit while a code is shown, where the device can. */
export const useLitScreen = (isShown: boolean): void => {
  useEffect(() => {
    if (!isShown || !('wakeLock' in navigator)) return undefined;
    const asked = navigator.wakeLock.request('screen').catch(() => null);
    return () => void asked.then((lock) => lock?.release());
  }, [isShown]);
};
