/** A process of its own, so that a download that hangs can be ended. The last line of stdout is the path. */
import { MongoBinary } from 'mongodb-memory-server-core';

try {
  console.log(await MongoBinary.getPath({ downloadDir: process.env.MONGOMS_DOWNLOAD_DIR }));
} catch (error) {
  console.error(`the download did not work: ${error.message}`);
  process.exit(1);
}
