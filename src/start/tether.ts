import cluster from 'node:cluster';

/*
 * Loaded before the main module of every process that the supervisor starts; ties its end to the supervisor.
 */

// Ctrl-C in a terminal goes to every process at once. The supervisor gets it too, and ends them in order by SIGTERM.
process.on('SIGINT', () => {});

// A supervisor that was killed cannot ask any more. Nodes, being cluster workers, exit by themselves.
if (cluster.isPrimary) process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
