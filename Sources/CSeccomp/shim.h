#ifndef CSECCOMP_SHIM_H
#define CSECCOMP_SHIM_H

#include <errno.h>
#include <seccomp.h>

/* Function-like macros, which Swift does not see. */
static inline uint32_t cseccomp_refuse(void) { return SCMP_ACT_ERRNO(EPERM); }
static inline uint32_t cseccomp_allow(void) { return SCMP_ACT_ALLOW; }

#endif
