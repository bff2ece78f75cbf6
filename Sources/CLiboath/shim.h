#ifndef CLIBOATH_SHIM_H
#define CLIBOATH_SHIM_H

#include <oath.h>

#endif
