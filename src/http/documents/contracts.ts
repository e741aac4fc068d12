import type { OperationContract, RoomContract, SignalContract } from '../../kernel/contract.ts';

/** Everything a client can ask, hear and watch. */
export interface Contracts {
  operations: readonly OperationContract[];
  signals: readonly SignalContract[];
  rooms: readonly RoomContract[];
}

/** The contracts among what modules export. */
export const contractsIn = (modules: readonly Readonly<Record<string, unknown>>[]): Contracts => {
  const exported = modules.flatMap((module) => Object.values<unknown>(module));
  return {
    operations: exported.filter((value): value is OperationContract => hasFields(value, 'name', 'durability')),
    signals: exported.filter((value): value is SignalContract => hasFields(value, 'name', 'data')),
    rooms: exported.filter((value): value is RoomContract => hasFields(value, 'name') && isRoomName(value.name)),
  };
};

const hasFields = <F extends string>(value: unknown, ...fields: F[]): value is Record<F, unknown> =>
  typeof value === 'object' && value !== null && fields.every((field) => field in value);

const isRoomName = (name: unknown): boolean => typeof name === 'string' && /^\w+:{\w+}$/.test(name);
