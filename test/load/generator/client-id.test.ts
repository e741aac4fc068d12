import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { clientId } from '../../../load/generator/room.ts';

const place = fc.tuple(fc.nat(2 ** 24 - 1), fc.nat(2 ** 40));

test('a message has a UUID of its own in every room of a run, however many there are', () => {
  fc.assert(
    fc.property(place, place, ([room, number], [otherRoom, otherNumber]) => {
      expect(z.uuid().safeParse(clientId(room, number)).success).toBe(true);
      if (room !== otherRoom || number !== otherNumber)
        expect(clientId(room, number)).not.toBe(clientId(otherRoom, otherNumber));
    }),
  );
});
