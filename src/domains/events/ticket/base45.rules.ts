/** Base45 (RFC 9285): the densest text a QR code of letters and digits takes. */
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
const BASE = 45;

/** Two bytes become three characters, a last one alone two. */
export const toBase45 = (bytes: Uint8Array): string => {
  let text = '';
  for (let at = 0; at < bytes.length; at += 2) {
    const high = bytes[at] ?? 0;
    const low = bytes[at + 1];
    text += low === undefined ? digits(high, 2) : digits(high * 256 + low, 3);
  }
  return text;
};

/** The reverse; null for text that no bytes make. */
export const fromBase45 = (text: string): Uint8Array<ArrayBuffer> | null => {
  if (text.length % 3 === 1) return null;
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at += 3) {
    const part = text.slice(at, at + 3);
    const value = readPart(part);
    if (value === null || value > (part.length === 3 ? 0xffff : 0xff)) return null;
    if (part.length === 3) bytes.push(value >> 8);
    bytes.push(value & 0xff);
  }
  return Uint8Array.from(bytes);
};

/** Least significant first. */
const digits = (value: number, count: number): string => {
  let text = '';
  for (let rest = value; text.length < count; rest = Math.floor(rest / BASE)) text += ALPHABET.charAt(rest % BASE);
  return text;
};

const readPart = (part: string): number | null => {
  const places = [...part].map((character) => ALPHABET.indexOf(character));
  return places.includes(-1) ? null : places.reduceRight((value, place) => value * BASE + place, 0);
};
