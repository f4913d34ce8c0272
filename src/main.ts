import 'reflect-metadata';
import { run } from './app/run';

void run();
