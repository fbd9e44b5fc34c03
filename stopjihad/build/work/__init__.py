"""Carry out steps: keys, batches, workers here and on other machines, outputs joined of others."""
