const { dirname, join } = require('node:path');

/** A module of the build that is about to start: a file that is preloaded knows the program by its argument only. */
exports.builtModule = (path) => {
  require('reflect-metadata');
  return require(join(dirname(process.argv[1]), path));
};
