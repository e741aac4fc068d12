import { changeOwnView, type OwnViewDeps } from './own-view.steps.ts';
import { markUnread } from './settings/contract.ts';

/** Marks a chat as one to come back to, or takes the mark away. */
export const markChatUnread = (deps: OwnViewDeps) =>
  changeOwnView(deps, markUnread, ({ isMarkedUnread }) => ({ isMarkedUnread }));
