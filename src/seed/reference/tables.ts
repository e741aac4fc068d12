import type { Transaction } from '../../platform/db/client.ts';
import { seedId } from '../ids.ts';
import { CATEGORIES } from './categories.ts';
import { badgeId, categoryId, pointRuleId, policyId } from './ids.ts';
import { ALWAYS, CANCELLATION_POLICIES, COMMISSION_BASIS_POINTS, SUBSCRIPTION_PLANS, TAX_RATES } from './money.ts';
import { BADGES, POINT_RULES } from './rewards.ts';
import { EMAIL_TEMPLATES, FAQS, FLAGS, SETTINGS, variablesOf } from './words.ts';

/** A table and the rows it begins with. */
export interface ReferenceTable<Row = unknown> {
  name: string;
  rows: (tx: Transaction) => Promise<Row[]> | Row[];
  keyOf: (row: Row) => string;
  /** Rows that are there already, by whatever key, are left as they are. */
  insert: (tx: Transaction, rows: Row[]) => Promise<unknown>;
}

const table = <Row>(reference: ReferenceTable<Row>): ReferenceTable =>
  // Safe: `insert` and `keyOf` are given nothing but what `rows` gave.
  reference as unknown as ReferenceTable;

/** In the order in which they refer to each other. */
export const REFERENCE_TABLES: ReferenceTable[] = [
  table({
    name: 'event_categories',
    rows: () => CATEGORIES.map((category, sortOrder) => ({ ...category, sortOrder })),
    keyOf: ({ slug }) => slug,
    insert: async (tx, rows) => {
      const data = rows.map(({ parent, ...row }) => ({
        ...row,
        id: categoryId(row.slug),
        parentId: parent === undefined ? null : categoryId(parent),
      }));
      // A child takes its path from its parent, which must be there.
      await tx.eventCategory.createMany({
        data: data.filter(({ parentId }) => parentId === null),
        skipDuplicates: true,
      });
      await tx.eventCategory.createMany({
        data: data.filter(({ parentId }) => parentId !== null),
        skipDuplicates: true,
      });
    },
  }),
  table({
    name: 'badges',
    rows: () => BADGES,
    keyOf: ({ key }) => key,
    insert: async (tx, rows) => {
      const badges = rows.map(({ metric, atLeast, ...row }) => ({
        ...row,
        id: badgeId(row.key),
        criteria: { metric, atLeast },
      }));
      await tx.badge.createMany({ data: badges, skipDuplicates: true });
      // A badge that was made by hand under the same key has another id.
      const known = await tx.badge.findMany({ select: { id: true, key: true } });
      const idOf = new Map(known.map(({ key, id }) => [key, id]));
      const goals = rows.map(({ key, name, description, metric, atLeast }) => {
        const goal = { id: seedId(`achievement ${key}`), key, name, description, metric, threshold: atLeast };
        return { ...goal, badgeId: idOf.get(key) ?? null };
      });
      await tx.achievement.createMany({ data: goals, skipDuplicates: true });
    },
  }),
  table({
    name: 'point_rules',
    rows: () => POINT_RULES,
    keyOf: ({ key }) => key,
    insert: (tx, rows) =>
      tx.pointRule.createMany({
        data: rows.map((row) => ({ ...row, id: pointRuleId(row.key) })),
        skipDuplicates: true,
      }),
  }),
  table({
    name: 'email_templates',
    rows: () => EMAIL_TEMPLATES,
    keyOf: ({ key }) => key,
    insert: (tx, rows) => {
      const data = rows.map(({ key, subject, lines }) => ({
        ...{
          id: seedId(`email ${key}`),
          key,
          status: 'ACTIVE' as const,
          subject,
          variables: variablesOf([subject, ...lines]),
        },
        ...{ text: lines.join('\n\n'), html: lines.map((line) => `<p>${line}</p>`).join('\n') },
      }));
      return tx.emailTemplate.createMany({ data, skipDuplicates: true });
    },
  }),
  table({
    name: 'system_settings',
    rows: () => SETTINGS,
    keyOf: ({ key }) => key,
    insert: (tx, rows) =>
      tx.systemSetting.createMany({ data: rows.map((row) => ({ ...row, isPublic: true })), skipDuplicates: true }),
  }),
  table({
    name: 'feature_flags',
    rows: () => FLAGS,
    keyOf: ({ key }) => key,
    insert: (tx, rows) =>
      tx.featureFlag.createMany({
        data: rows.map((row) => ({ ...row, id: seedId(`flag ${row.key}`) })),
        skipDuplicates: true,
      }),
  }),
  table({
    name: 'cancellation_policies',
    rows: () => CANCELLATION_POLICIES,
    keyOf: ({ name }) => name,
    insert: (tx, rows) =>
      tx.cancellationPolicy.createMany({
        data: rows.map((row) => ({ ...row, id: policyId(row.name) })),
        skipDuplicates: true,
      }),
  }),
  table({
    name: 'tax_rates',
    rows: () => TAX_RATES,
    keyOf: ({ country, kind }) => `${country} ${kind}`,
    insert: (tx, rows) => {
      const data = rows.map((row) => ({ ...row, id: seedId(`tax ${row.country} ${row.kind}`), startsAt: ALWAYS }));
      return tx.taxRate.createMany({ data, skipDuplicates: true });
    },
  }),
  table({
    name: 'commission_configs',
    rows: async (tx) => (await tx.currency.findMany({ where: { isActive: true } })).map(({ code }) => code),
    keyOf: (currency) => currency,
    // Where another rule for everything is in force already, the database's exclusion constraint lets that one stand.
    insert: (tx, currencies) => {
      const common = { scope: 'GLOBAL' as const, rateBasisPoints: COMMISSION_BASIS_POINTS, startsAt: ALWAYS };
      const data = currencies.map((currency) => ({ ...common, id: seedId(`commission ${currency}`), currency }));
      return tx.commissionConfig.createMany({ data, skipDuplicates: true });
    },
  }),
  table({
    name: 'subscription_plans',
    rows: () => SUBSCRIPTION_PLANS,
    keyOf: ({ key }) => key,
    insert: (tx, rows) =>
      tx.subscriptionPlan.createMany({
        data: rows.map((row) => ({ ...row, id: seedId(`plan ${row.key}`) })),
        skipDuplicates: true,
      }),
  }),
  table({
    name: 'faqs',
    rows: () => FAQS.map((faq, sortOrder) => ({ ...faq, sortOrder })),
    keyOf: ({ slug }) => slug,
    insert: (tx, rows) =>
      tx.faq.createMany({ data: rows.map((row) => ({ ...row, id: seedId(`faq ${row.slug}`) })), skipDuplicates: true }),
  }),
];
