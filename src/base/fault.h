#ifndef BASE_FAULT_H
#define BASE_FAULT_H

/*
 * Places where a test may kill the process: YUCHENG_FAULT=name:n ends it with SIGKILL at the n-th
 * passing of that place. Costs one pointer test when the variable is not set.
 */
void fault_point(const char *name);

#endif
