"""From public reports of troop movements to a map and an estimate that can be defended."""
