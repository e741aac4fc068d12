-- Replaces a document if it is still what its writer has read.
-- KEYS[1] the document  ARGV[1] what was read, empty for nothing  ARGV[2] the new text  ARGV[3] its life in seconds
-- Returns 1 when it was replaced, 0 when somebody else was faster.
local current = redis.call('GET', KEYS[1]) or ''
if current ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3])
return 1
