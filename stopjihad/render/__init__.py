"""Turn a step and its inputs into bytes; pure and deterministic."""
