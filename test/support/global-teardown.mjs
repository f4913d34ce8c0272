import { closeAll } from '../../scripts/process/closing.mjs';

export default async function globalTeardown() {
  await closeAll();
}
