/** Nobody looks for what was left behind. */
const { builtModule } = require('./built-module.cjs');

const { Reconciler } = builtModule('processing/reconciler.js');
if (typeof Reconciler.prototype.reconcile !== 'function') throw new Error('there is no Reconciler.reconcile');
Reconciler.prototype.reconcile = async () => 0;
