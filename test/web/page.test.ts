import { afterAll, beforeAll } from 'vitest';
import { testChat } from './chat.ts';
import { testConfirmingAnAddress } from './confirm-address.ts';
import { testGroup } from './group.ts';
import { testPhone } from './phone.ts';
import { testPictures } from './pictures.ts';
import { testReconnecting } from './reconnect.ts';
import { openStage, type Stage } from './support/stage.ts';
import { testWriting } from './writing.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 90_000);
afterAll(() => stage?.close());

const stageOf = (): Stage => stage;

testChat(stageOf);
testGroup(stageOf);
testPictures(stageOf);
testPhone(stageOf);
testWriting(stageOf);
testConfirmingAnAddress(stageOf);
// Last: it kills a node and brings it back.
testReconnecting(stageOf);
