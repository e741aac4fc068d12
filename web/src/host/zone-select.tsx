import { ownZone } from '../format.ts';
import { Select } from '../ui/select.tsx';
import { t } from '../words.ts';

/** Every zone the browser knows, the reader's own first. */
const zones = (): [string, string][] => {
  const own = ownZone();
  const all = [...new Set([own, 'UTC', ...Intl.supportedValuesOf('timeZone')])];
  return all.map((zone) => [zone, zone.replaceAll('_', ' ')]);
};

/** The zone on whose clocks an event takes place. */
export const ZoneSelect = ({ value, onChange }: { value: string; onChange: (zone: string) => void }) => (
  <Select label={t('Time zone')} name="zone" choices={withOne(zones(), value)} value={value} onChange={onChange} />
);

const withOne = (choices: [string, string][], zone: string): [string, string][] =>
  choices.some(([each]) => each === zone) ? choices : [[zone, zone], ...choices];
