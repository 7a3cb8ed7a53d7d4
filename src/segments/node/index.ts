export { discoverInThreads, type ThreadedSearch } from "./discover-in-threads.js";
