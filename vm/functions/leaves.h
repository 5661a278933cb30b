// All leaves, by family.
#pragma once

#include "vm/functions/calendar_leaves.h"
#include "vm/functions/list_leaves.h"
#include "vm/functions/network_leaves.h"
#include "vm/functions/path_leaves.h"
#include "vm/functions/text_leaves.h"
#include "vm/functions/time_leaves.h"
#include "vm/functions/value_leaves.h"
