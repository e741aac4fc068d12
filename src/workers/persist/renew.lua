#!lua flags=allow-oom
--[[
  Keeps a partition that is being stored.

  KEYS[1] lease   ARGV[1] worker   ARGV[2] lease in ms

  Returns 1, or 0 when the lease has run out: another worker may have the partition.
]]
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])
