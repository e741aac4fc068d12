--[[
  Takes a node's lease, or renews it.

  KEYS[1] leases   KEYS[2] epoch   KEYS[3] quiet   KEYS[4] emptied
  ARGV[1] lease   ARGV[2] now   ARGV[3] until when it is good   ARGV[4] 1 to take it, 0 to renew it where it is still held
  ARGV[5] name of a new epoch   ARGV[6] the epoch that the node knows or ''   ARGV[7] when sweeping may begin in a new one

  Returns the epoch, and 1 when the lease is held.
]]
local epoch = redis.call('GET', KEYS[2])
if not epoch then
  epoch = ARGV[5]
  redis.call('SET', KEYS[2], epoch)
end
-- Redis lost everything while nodes lived: they need time to say who is there.
if ARGV[6] ~= '' and ARGV[6] ~= epoch then redis.call('MSET', KEYS[3], ARGV[7], KEYS[4], ARGV[2]) end
if ARGV[4] == '0' and not redis.call('ZSCORE', KEYS[1], ARGV[1]) then return { epoch, 0 } end
redis.call('ZADD', KEYS[1], ARGV[3], ARGV[1])
return { epoch, 1 }
