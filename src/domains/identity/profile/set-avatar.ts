import { anyone } from '../../../kernel/handler.ts';
import { commit } from '../../../platform/db/commit.ts';
import { type ChoosingDeps, choosePicture, findChooser } from './choose-picture.steps.ts';
import { setAvatar } from './contract.ts';

/** Chooses what others see beside the caller’s name. */
export const setOwnAvatar = (deps: ChoosingDeps) =>
  commit(setAvatar, {
    load: findChooser,
    allow: anyone,
    run: ({ assetId }, account, context) =>
      choosePicture({ place: 'avatarAssetId', assetId }, account, { ...context, ...deps }),
  });
