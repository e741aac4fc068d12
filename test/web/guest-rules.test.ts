import { expect, test } from 'vitest';
import { deviceOf } from '../../web/src/guest/settings/device-of.rules.ts';
import {
  chosen,
  clockAt,
  isOn,
  minuteOf,
  type Preference,
  quietHoursOf,
} from '../../web/src/guest/settings/preferences.rules.ts';
import { squareOf } from '../../web/src/guest/settings/square.rules.ts';

test('what was never chosen is on, and the last choice counts', () => {
  const off: Preference = { category: 'EVENT', channel: 'PUSH', isEnabled: false, quietHours: null };
  const preferences = chosen(chosen([], off), { ...off, quietHours: { fromMinute: 1_350, untilMinute: 420 } });
  expect(preferences).toHaveLength(1);
  expect([isOn(preferences, 'EVENT', 'PUSH'), isOn(preferences, 'EVENT', 'EMAIL')]).toEqual([false, true]);
  expect(quietHoursOf(preferences)).toEqual({ fromMinute: 1_350, untilMinute: 420 });
  expect([minuteOf('22:30'), clockAt(1_350), minuteOf('')]).toEqual([1_350, '22:30', null]);
});

test('a square of a picture never leaves it', () => {
  for (const zoom of [1, 2.5, 4]) {
    for (const place of [0, 0.3, 1]) {
      const { left, top, side } = squareOf({ width: 900, height: 400 }, { zoom, across: place, down: place });
      expect([left >= 0, top >= 0, left + side <= 900.001, top + side <= 400.001]).toEqual([true, true, true, true]);
    }
  }
});

test('a browser is called by its own name', () => {
  const edge = 'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120 Safari/537.36 Edg/120';
  expect(deviceOf(edge)).toBe('Edge, Windows');
  expect(deviceOf('Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1')).toBe(
    'Safari, iPhone',
  );
  expect(deviceOf('node')).toBeNull();
});
