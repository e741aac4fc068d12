/** A room of which one may ask who is there. */
export interface CountedRoom {
  kind: 'event' | 'chat';
  id: string;
}

const NAME = /^(event|chat):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** Null for a name of any other kind. */
export const readRoom = (name: string): CountedRoom | null => {
  const [, kind, id] = NAME.exec(name) ?? [];
  if (id === undefined || (kind !== 'event' && kind !== 'chat')) return null;
  return { kind, id };
};
